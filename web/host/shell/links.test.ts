import { dashboardPath, listPath, verdictPath } from './links';

const SEARCH = '?from=now-6h&to=now&refresh=5s&theme=light&var-experiment=a&var-region=eu&viewPanel=panel-3&kiosk';

it('keeps range, refresh, theme and experiment on the way to another dashboard, and nothing of this one', () => {
  expect(dashboardPath('x', SEARCH)).toBe('/d/x?from=now-6h&to=now&refresh=5s&theme=light&var-experiment=a');
});

it('adds nothing where there is nothing to keep', () => {
  expect(listPath('')).toBe('/dashboards');
});

it('names the experiment whose verdict is asked for, once', () => {
  expect(verdictPath('b & c', 'uplift', '?var-experiment=a')).toBe('/d/uplift-live-ab?var-experiment=b+%26+c&var-datasource=uplift'); // prettier-ignore
});
