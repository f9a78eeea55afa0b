/** The entry: sets the globals, then evaluates Grafana's libraries. */
import { preferredTheme, setBootData } from './boot';

const theme = preferredTheme();
setBootData(theme);
document.body.classList.add(`theme-${theme}`);
const { openPage } = await import('./page');
await openPage(theme);
