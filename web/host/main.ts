/** The entry: sets the globals, then evaluates Grafana's libraries. */
import { preferredTheme, setBootData } from './boot';

const theme = preferredTheme();
setBootData(theme);
document.body.classList.add(`theme-${theme}`);
try {
  const { openPage } = await import('./page');
  await openPage(theme);
} catch (error) {
  // Nothing is drawn yet that could say so.
  const root = document.getElementById('root');
  if (root !== null) {
    root.textContent = `The page could not be opened: ${error instanceof Error ? error.message : String(error)}. Reload it to try again.`;
  }
  throw error;
}
