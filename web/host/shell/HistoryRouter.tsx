/** React Router 6 over Grafana's location service, whose history is of an older version than the router's own bridge takes. */
import { locationService } from '@grafana/runtime';
import { useLayoutEffect, useState, type ReactNode } from 'react';
import { NavigationType, Router, type Navigator } from 'react-router-dom';

const NAVIGATION = { POP: NavigationType.Pop, PUSH: NavigationType.Push, REPLACE: NavigationType.Replace } as const;

export function HistoryRouter({ children }: { children: ReactNode }) {
  const history = locationService.getHistory();
  const [current, setCurrent] = useState({ location: history.location, action: history.action });
  useLayoutEffect(() => history.listen((location, action) => setCurrent({ location, action })), [history]);
  const navigator: Navigator = {
    createHref: (to) => (typeof to === 'string' ? to : history.createHref({ ...to })),
    go: (delta) => history.go(delta),
    push: (to, state) => (typeof to === 'string' ? history.push(to, state) : history.push({ ...to, state })),
    replace: (to, state) => (typeof to === 'string' ? history.replace(to, state) : history.replace({ ...to, state })),
  };
  return (
    <Router
      navigator={navigator}
      location={{ ...current.location, key: current.location.key ?? 'default' }}
      navigationType={NAVIGATION[current.action]}
    >
      {children}
    </Router>
  );
}
