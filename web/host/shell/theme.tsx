/** The page's theme, switched without a reload: every component and panel reads it from the context. */
import { createTheme, ThemeContext, type EventBus } from '@grafana/data';
import { config, locationService, ThemeChangedEvent } from '@grafana/runtime';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { rememberTheme, type ThemeName } from '../boot';

interface ThemeSwitch {
  name: ThemeName;
  toggle: () => void;
}

const SwitchContext = createContext<ThemeSwitch>({ name: 'dark', toggle: () => undefined });
export const useThemeSwitch = (): ThemeSwitch => useContext(SwitchContext);

/** Whether the page is being laid out for paper. */
function useIsPrinted(): boolean {
  const [isPrinted, setIsPrinted] = useState(false);
  useEffect(() => {
    const paper = window.matchMedia('print');
    // At once: the browser prints what stands there when this returns.
    const change = () => flushSync(() => setIsPrinted(paper.matches));
    paper.addEventListener('change', change);
    return () => paper.removeEventListener('change', change);
  }, []);
  return isPrinted;
}

const other = (name: ThemeName): ThemeName => (name === 'dark' ? 'light' : 'dark');

export function PageTheme({
  initial,
  events,
  children,
}: {
  initial: ThemeName;
  events: EventBus;
  children: ReactNode;
}) {
  const [chosen, setName] = useState(initial);
  const isPrinted = useIsPrinted();
  // Paper is white, and browsers leave backgrounds out.
  const name = isPrinted ? 'light' : chosen;
  const theme = useMemo(() => createTheme({ colors: { mode: name } }), [name]);
  const toggle = () => {
    const next = other(name);
    document.body.classList.replace(`theme-${name}`, `theme-${next}`);
    config.theme2 = createTheme({ colors: { mode: next } });
    events.publish(new ThemeChangedEvent(config.theme2));
    rememberTheme(next);
    locationService.partial({ theme: next }, true);
    setName(next);
  };
  return (
    <SwitchContext.Provider value={{ name, toggle }}>
      <ThemeContext.Provider value={theme}>{children}</ThemeContext.Provider>
    </SwitchContext.Provider>
  );
}
