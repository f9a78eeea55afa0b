import type { ComparedMetric } from './comparison';
import { harmPValue } from './harm';

const errorRate: ComparedMetric = { id: 'error_rate', kind: 'proportion', direction: 'lower', role: 'guardrail' };
const accuracy: ComparedMetric = { id: 'accuracy', kind: 'proportion', direction: 'higher', role: 'goal' };
const p95: ComparedMetric = { id: 'latency_p95_ms', kind: 'quantile', direction: 'lower', role: 'guardrail' };

const rates = (control: [x: number, n: number], variant: [x: number, n: number]) => ({
  control: { kind: 'proportion' as const, x: control[0], n: control[1] },
  variant: { kind: 'proportion' as const, x: variant[0], n: variant[1] },
});

/** Cumulative counts at 50, 100, 150 ms and above. */
const latencies = (control: number[], variant: number[]) => {
  const buckets = (counts: number[]) =>
    [50, 100, 150, Infinity].map((le, index) => ({ le, count: counts[index] ?? 0 }));
  const quantile = { kind: 'quantile' as const, q: 0.95 };
  return {
    control: { ...quantile, buckets: buckets(control) },
    variant: { ...quantile, buckets: buckets(variant) },
  };
};

describe('the chance of so much harm', () => {
  it.each([
    // Sums of C(nv, k)·C(nc, K − k)/C(N, K) in rational numbers.
    ['few errors', rates([3, 320], [12, 310]), 0.014_148_872_7],
    ['none in the control', rates([0, 500], [5, 500]), 0.030_937_657_8],
    ['none anywhere', rates([0, 500], [0, 500]), 1],
    ['fewer than the control', rates([12, 310], [3, 320]), 0.997_199_347_7],
    ['one stratum more, without events', [rates([3, 320], [12, 310]), rates([0, 40], [0, 40])], 0.014_148_872_7],
  ])('is Fisher’s, one-sided: %s', (_, strata, expected) => {
    expect(harmPValue(errorRate, [strata].flat())).toBeCloseTo(expected, 9);
  });

  it('stays exact where it is tiny', () => {
    const tiny = harmPValue(errorRate, [rates([3, 313], [78, 312])]) ?? 1;
    expect(tiny / 1.912_792_502_128_98e-22).toBeCloseTo(1, 9);
  });

  it('counts wrong predictions where higher is better', () => {
    const wrong = harmPValue(accuracy, [rates([297, 320], [270, 310])]);
    expect(wrong).toBe(harmPValue(errorRate, [rates([23, 320], [40, 310])]));
  });

  it('allows for the margin', () => {
    const stratum = rates([10, 1000], [40, 1000]);
    expect(harmPValue(errorRate, [stratum])).toBeLessThan(1e-4);
    expect(harmPValue({ ...errorRate, margin: 0.02 }, [stratum])).toBeGreaterThan(0.05);
  });

  it('counts requests slower than the boundary nearest to the quantile, moved by the margin', () => {
    const stratum = latencies([700, 950, 990, 1000], [500, 850, 940, 1000]);
    // Pooled, 10 % are slower than 100 ms and 3.5 % slower than 150 ms: the boundary is 150 ms.
    expect(harmPValue(p95, [stratum])).toBe(harmPValue(errorRate, [rates([10, 1000], [60, 1000])]));
    const slower = harmPValue({ ...p95, boundary: 100, margin: 40 }, [stratum]);
    expect(slower).toBe(harmPValue(errorRate, [rates([50, 1000], [60, 1000])]));
  });

  it('sees a variant that is slower than the control ever is, margin and all', () => {
    const stratum = latencies([900, 990, 1000, 1000], [10, 40, 100, 1000]);
    expect(harmPValue({ ...p95, margin: 40 }, [stratum])).toBe(
      harmPValue(errorRate, [rates([100, 1000], [960, 1000])]),
    );
  });

  it('shrinks counts that vary more than independent requests', () => {
    const independent = harmPValue(errorRate, [rates([30, 3000], [70, 3000])]) ?? 0;
    const clustered = harmPValue(errorRate, [rates([30, 3000], [70, 3000])], 1.5) ?? 0;
    expect(clustered).toBeGreaterThan(10 * independent);
  });

  it.each([
    ['an arm is empty', errorRate, rates([3, 300], [0, 0])],
    ['buckets end before the margin', { ...p95, margin: 500 }, latencies([1, 2, 3, 4], [1, 2, 3, 4])],
    [
      'the metric is a mean',
      { ...errorRate, kind: 'mean' as const },
      {
        control: { kind: 'mean' as const, n: 9, sum: 9, sumSquares: 10 },
        variant: { kind: 'mean' as const, n: 9, sum: 9, sumSquares: 10 },
      },
    ],
  ])('is not known when %s', (_, metric, stratum) => {
    expect(harmPValue(metric, [stratum])).toBeNull();
  });
});

it('has no answer for counts that can be none, and does not search for one', () => {
  const metric = { id: 'errors', kind: 'proportion', direction: 'lower', role: 'guardrail' } as const;
  const sound = { kind: 'proportion', n: 1000, x: 10 } as const;
  for (const broken of [
    { n: Infinity, x: 5 },
    { n: Number.NaN, x: 5 },
    { n: 1000, x: 2000 },
    { n: 1000, x: -1 },
  ]) {
    const stratum = { control: sound, variant: { kind: 'proportion', ...broken } } as const;
    expect(harmPValue(metric, [stratum, stratum])).toBeNull();
  }
});
