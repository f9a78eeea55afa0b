import { captionOf } from './caption';
import type { PageDashboard, PageProvenance } from './page-api';

const NOW = Date.UTC(2026, 2, 15, 12);
const dashboard: PageDashboard = {
  uid: 'u',
  title: 'Live A/B test',
  time: { from: 'now-24h', to: 'now' },
  variables: new Map([
    ['experiment', 'Experiment'],
    ['region', 'region'],
  ]),
  panels: [],
};
const provenance: PageProvenance = {
  level: 'live',
  answeredAt: NOW,
  sources: [
    { source: 'mlflow', state: 'ok', asOf: NOW - 3 * 86_400_000 },
    { source: 'prometheus', state: 'stale', asOf: NOW - 600_000 },
    { source: 'influx', state: 'off', asOf: null },
  ],
};
const caption = (query: string, given: Partial<Parameters<typeof captionOf>[0]> = {}) =>
  captionOf({ dashboard, address: `http://page/d/u?${query}`, provenance, now: NOW, timeZone: 'UTC', ...given });

test('says title, variables that hold something back, and the dashboard’s own range', () => {
  expect(caption('var-experiment=checkout&var-region=$__all&kiosk')).toMatchObject({
    title: 'Live A/B test',
    subject: 'Experiment checkout · now-24h to now',
    taken: '2026-03-15 12:00 UTC',
  });
});

test('a range in the address stands for the dashboard’s, instants in words', () => {
  expect(caption(`from=${NOW - 86_400_000}&to=now&var-region=EU&var-region=US`).subject).toBe(
    'region EU, US · 2026-03-14 12:00 UTC to now',
  );
});

test('says level, and each configured source with its age and trouble', () => {
  const { level, sources } = caption('');
  expect(level).toBe('LIVE');
  expect(sources).toBe('MLflow 3\u00a0d old, Prometheus stale 10\u00a0min old');
});

test('a source that several experiments read is named once, as old as the oldest and as bad as the worst', () => {
  const reading = (source: 'mlflow' | 'prometheus', state: string, age: number) => ({ source, state, asOf: NOW - age });
  const sources = [
    reading('mlflow', 'ok', 86_400_000),
    reading('prometheus', 'ok', 10_000),
    reading('mlflow', 'ok', 4 * 86_400_000),
    reading('prometheus', 'down', 5_000),
    reading('mlflow', 'ok', 2 * 86_400_000),
    reading('prometheus', 'ok', 60_000),
  ];
  expect(caption('', { provenance: { ...provenance, sources } }).sources).toBe(
    'MLflow 4\u00a0d old, Prometheus down 5\u00a0s old',
  );
});

test('unknown provenance is said, not left out', () => {
  expect(caption('', { provenance: null })).toMatchObject({ level: 'provenance not known', sources: '' });
});

test('times are in the zone asked for, which is named', () => {
  expect(caption('', { timeZone: 'Europe/Berlin' }).taken).toBe('2026-03-15 13:00 Europe/Berlin');
});
