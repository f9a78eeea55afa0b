import type { ComparePlan } from './compare';
import { settleMetrics } from './metrics';
import { compareSegments, OTHER_SEGMENT, segmentsOf, worstSegment } from './segments';
import { countedBy, dayOf, experimentOf, ledgerOf } from './test-scene';

const experiment = experimentOf();
const treatments = experiment.variants.filter(({ role }) => role === 'treatment');
const plan: ComparePlan = {
  decision: 'sequential',
  anchored: true,
  elapsedDays: 14,
  unit: 'requests',
  blocks: { all: [], traffic: [], offline: [] },
};
const accuracy = settleMetrics([{ id: 'accuracy', role: 'goal' }], null);

/** Accuracy in a segment, of 10,000 labelled requests an arm. */
const segment = (name: string, baseline: number, enhanced: number) => [
  countedBy('baseline', { segment: name, requests: 10_000, labelled: 10_000, correct: baseline }),
  countedBy('enhanced', { segment: name, requests: 10_000, labelled: 10_000, correct: enhanced }),
];
const evidenceOf = (...variants: ReturnType<typeof segment>) => ({
  ledger: ledgerOf(dayOf(0, 0, ...variants)),
  ledgerState: 'measured' as const,
});
const compareIn = (...variants: ReturnType<typeof segment>) =>
  compareSegments(experiment, accuracy, treatments, evidenceOf(...variants), plan);

describe('segments', () => {
  it('are ordered by traffic; beyond twenty the rest is one', () => {
    const many = Array.from({ length: 25 }, (_, i) => countedBy('baseline', { segment: `s${i}`, requests: i + 1 }));
    const segments = segmentsOf(ledgerOf(dayOf(0, 0, ...many)));
    expect(segments).toHaveLength(21);
    expect(segments[0]?.name).toBe('s24');
    expect(segments.at(-1)).toMatchObject({ name: OTHER_SEGMENT, values: new Set(['s4', 's3', 's2', 's1', 's0']) });
  });

  it('leave out traffic without the label', () => {
    const [nameless] = [countedBy('baseline', { segment: '', requests: 9 }), countedBy('baseline', { requests: 9 })];
    expect(segmentsOf(ledgerOf(dayOf(0, 0, nameless)))).toEqual([]);
  });

  it('are each compared at alpha divided by their number', () => {
    const [alone] = compareIn(...segment('US', 7800, 7920));
    const rows = compareIn(...segment('US', 7800, 7920), ...segment('EU', 7800, 7920), ...segment('APAC', 7800, 7920));
    const width = (row = alone) =>
      (row?.comparison.absolute?.fixed.high ?? 0) - (row?.comparison.absolute?.fixed.low ?? 0);
    expect(rows.map((row) => row.segment)).toEqual(['APAC', 'EU', 'US']);
    expect(width(rows[0]) / width()).toBeCloseTo(2.394 / 1.96, 2);
    expect(rows[0]?.adjustedP).toBeCloseTo(3 * (alone?.comparison.absolute?.pValue ?? 0), 12);
  });

  it('that do not carry a metric have no row of it', () => {
    expect(compareIn(countedBy('baseline', { segment: 'US', requests: 5 }))).toEqual([]);
  });
});

describe('the worst segment', () => {
  it('is the one shown worse, though the whole is better', () => {
    const rows = compareIn(...segment('US', 7800, 8300), ...segment('EU', 7800, 7300), ...segment('APAC', 7800, 7750));
    expect(worstSegment(rows, 'region')).toMatchObject({
      dimension: 'region',
      segment: 'EU',
      metric: 'accuracy',
      segments: 3,
      n: 20_000,
    });
  });

  it('is none where nothing is worse by more than chance', () => {
    expect(
      worstSegment(compareIn(...segment('US', 7800, 8300), ...segment('EU', 7800, 7750)), 'region'),
    ).toBeUndefined();
  });

  it('is none where the harm stays within the margin', () => {
    const tolerant = settleMetrics([{ id: 'accuracy', role: 'guardrail', margin: 0.1 }], null);
    const rows = compareSegments(experiment, tolerant, treatments, evidenceOf(...segment('EU', 7800, 7300)), plan);
    expect(worstSegment(rows, 'region')).toBeUndefined();
  });
});
