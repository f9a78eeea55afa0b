import type { ExperimentMeta } from '../../contract/frames';
import { phaseWords } from './split';

const experiment = (from: string, to: string): ExperimentMeta => ({
  id: 'checkout',
  name: 'Checkout',
  control: 'a',
  variants: [
    { name: 'a', role: 'control' },
    { name: 'b', role: 'treatment' },
  ],
  metrics: [],
  phases: [
    { from, split: { a: 90, b: 10 } },
    { from: to, split: { a: 70, b: 30 } },
  ],
  start: Date.parse(from),
  end: null,
  timeZone: 'UTC',
  unit: 'requests',
  alpha: 0.05,
  plannedTotal: 1_000_000,
});
const NOW = Date.parse('2026-09-15T10:00:00Z');

it.each([
  ['2026-09-01T09:00:00Z', '2026-09-04T09:00:00Z', ['70/30 since 4 Sep', '90/10 1–4 Sep']],
  ['2026-08-28T09:00:00Z', '2026-09-04T09:00:00Z', ['70/30 since 4 Sep', '90/10 28 Aug–4 Sep']],
])('a phase from %s to %s names the month once where it is one', (from, to, words) => {
  expect(phaseWords(experiment(from, to), NOW, 'utc')).toEqual(words);
});
