import { compare } from './compare';
import type { ComparedMetric, Comparison, ComparisonPlan, Stratum } from './comparison';
import type { Bucket } from './histogram';
import type { RatioStatistic } from './sufficient';

const plan: ComparisonPlan = {
  alpha: 0.05,
  decision: 'sequential',
  unit: 'requests',
  anchored: true,
  randomised: true,
  plannedTotal: 1_000_000,
  elapsedDays: 14,
  blocks: [],
};
const accuracy: ComparedMetric = { id: 'accuracy', kind: 'proportion', direction: 'higher', role: 'goal' };
const errors: ComparedMetric = {
  id: 'error_rate',
  kind: 'proportion',
  direction: 'lower',
  role: 'guardrail',
  margin: 0.002,
};
const latency: ComparedMetric = { id: 'latency_mean_ms', kind: 'mean', direction: 'lower', role: 'goal' };
const p95: ComparedMetric = {
  id: 'latency_p95_ms',
  kind: 'quantile',
  direction: 'lower',
  role: 'guardrail',
  margin: 40,
};

const proportion = (n: number, x: number) => ({ kind: 'proportion', n, x }) as const;
const rates = (na: number, xa: number, nb: number, xb: number): Stratum => ({
  control: proportion(na, xa),
  variant: proportion(nb, xb),
});
const mean = (n: number, value: number, sd: number) =>
  ({ kind: 'mean', n, sum: n * value, sumSquares: sd * sd * (n - 1) + n * value * value }) as const;
const codes = ({ reasons }: Comparison) => reasons.map(({ code }) => code);

/** Every number of a comparison, wherever it stands. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('a comparison', () => {
  const winner = compare(accuracy, [rates(74_436, 58_209, 24_231, 19_821)], plan);

  it('tests the difference and shows the relative change beside it', () => {
    expect(winner).toMatchObject({ verdict: 'winner', method: 'welch', tunedFor: 1_000_000, nControl: 74_436 });
    expect(winner.absolute?.estimate).toBeCloseTo(0.036, 4);
    expect(winner.relative?.estimate).toBeCloseTo(0.046, 4);
    expect(winner.valueVariant).toBeCloseTo((winner.valueControl ?? 0) + (winner.absolute?.estimate ?? 0), 12);
  });

  it('has a sequential interval around the fixed one, and sure chances', () => {
    const { fixed, sequential } = winner.absolute ?? {};
    expect(sequential && fixed && sequential.low < fixed.low && sequential.high > fixed.high).toBe(true);
    expect(winner.chanceToWin).toBeGreaterThan(0.999);
    expect(winner.expectedLoss).toBeLessThan(1e-12);
    expect(winner.progress?.daysLeft).toBe(0);
  });

  it('gives the deciding reason first, and says what it assumes', () => {
    expect(codes(winner)).toEqual(['decided-better', 'independent-requests']);
  });

  it('turns with the direction', () => {
    expect(compare({ ...accuracy, direction: 'lower' }, [rates(74_436, 58_209, 24_231, 19_821)], plan).verdict).toBe(
      'loser',
    );
  });

  it('is decided by the interval the plan names', () => {
    // p = 0.03 for one look; at every look that is nothing.
    const close = [rates(10_000, 1000, 10_000, 1095)];
    expect(compare(accuracy, close, { ...plan, decision: 'fixed' }).verdict).toBe('winner');
    expect(compare(accuracy, close, plan).verdict).toBe('inconclusive');
  });

  it('widens its intervals by the A/A calibration', () => {
    const wide = compare(accuracy, [rates(74_436, 58_209, 24_231, 19_821)], { ...plan, inflation: 2 });
    expect(wide.absolute?.standardError).toBeCloseTo(2 * (winner.absolute?.standardError ?? 0), 12);
    expect(codes(wide)).toContain('widened');
  });
});

describe('what forbids a verdict', () => {
  const strata = [rates(74_436, 58_209, 24_231, 19_821)];

  it('without a start there is a description: the fixed test and nothing else', () => {
    const described = compare(accuracy, strata, { ...plan, anchored: false });
    expect(described).toMatchObject({ verdict: 'not-enough-data' });
    expect(described.absolute).toMatchObject({ sequential: null, sequentialPValue: null });
    expect(described.absolute?.pValue).toBeLessThan(1e-9);
    expect(codes(described)[0]).toBe('no-start');
  });

  it('offline accuracy may be better on the test set, and never wins', () => {
    const offline = compare(accuracy, strata, { ...plan, randomised: false });
    expect(offline.verdict).toBe('inconclusive');
    expect(offline.reasons[0]).toEqual({
      code: 'offline',
      words: 'better on the test set; not randomised, so no A/B verdict',
    });
    expect(codes(offline)).not.toContain('independent-requests');
  });

  it.each([
    ['srm-failed', 'invalid'],
    ['stale', 'inconclusive'],
    ['split-changed', 'inconclusive'],
    ['partial', 'inconclusive'],
  ] as const)('%s makes a winner %s', (block, verdict) => {
    const blocked = compare(accuracy, strata, { ...plan, blocks: [block] });
    expect(blocked.verdict).toBe(verdict);
    expect(codes(blocked)[0]).toBe(block);
  });

  it('a changed split does not hide a loss; stale data do', () => {
    const losing = [rates(24_231, 19_821, 74_436, 58_209)];
    expect(compare(accuracy, losing, { ...plan, blocks: ['split-changed'] }).verdict).toBe('loser');
    expect(compare(accuracy, losing, { ...plan, blocks: ['stale'] }).verdict).toBe('inconclusive');
  });

  it.each([
    ['requests', rates(149, 20, 5000, 4000)],
    ['users', rates(5000, 1000, 149, 140)],
  ] as const)('fewer than 150 %s are not enough, however clear they look', (unit, stratum) => {
    const early = compare(accuracy, [stratum], { ...plan, unit });
    expect(early.verdict).toBe('not-enough-data');
    expect(codes(early)[0]).toBe('small-sample');
    expect(early.absolute).not.toBeNull();
  });
});

describe('rare events', () => {
  it('0 of 10,000 against 37 of 10,000 is an answer, and an alarm at every look', () => {
    const alarming = compare({ ...errors, role: 'goal', margin: undefined }, [rates(10_000, 0, 10_000, 37)], plan);
    expect(alarming).toMatchObject({ verdict: 'loser', method: 'small-counts', refusal: null, relative: null });
    expect(alarming.absolute?.pValue).toBeCloseTo(1.4e-11, 12);
    expect(alarming.absolute?.sequentialPValue).toBeLessThan(1e-9);
    expect(alarming.absolute?.fixed.low).toBeCloseTo(0.002615, 6);
    expect(alarming.chanceToWin).toBeLessThan(1e-11);
    expect(codes(alarming)).toEqual(expect.arrayContaining(['small-counts', 'rare-events']));
  });

  it('no event at all still keeps a guardrail', () => {
    const silent = compare(errors, [rates(10_000, 0, 10_000, 0)], plan);
    expect(silent).toMatchObject({ verdict: 'inconclusive', guardrail: { status: 'holds' } });
    expect(silent.absolute?.estimate).toBe(0);
  });

  it('few non-events are few events: 99.9 % accuracy', () => {
    const near = compare(accuracy, [rates(10_000, 9995, 10_000, 9970)], plan);
    expect(near.method).toBe('small-counts');
    expect(near.verdict).toBe('loser');
    const mirrored = compare(errors, [rates(10_000, 5, 10_000, 30)], plan);
    expect(near.absolute?.sequential?.low).toBeCloseTo(-(mirrored.absolute?.sequential?.high ?? 0), 9);
  });

  it('give way to the usual test from 25 events an arm', () => {
    expect(compare(errors, [rates(10_000, 24, 10_000, 40)], plan).method).toBe('small-counts');
    expect(compare(errors, [rates(10_000, 25, 10_000, 40)], plan).method).toBe('welch');
  });

  it('have a relative change where the control has events, from the share of all events', () => {
    const { relative } = compare(errors, [rates(100_000, 12, 100_000, 24)], plan);
    expect(relative?.estimate).toBeCloseTo(1, 12);
    expect(relative?.fixed.low).toBeGreaterThan(0);
    expect(relative?.fixed.high).toBeLessThan(3.1);
  });
});

describe('strata', () => {
  it('identical variants under a ramp do not differ, though pooled they would', () => {
    const ramp = [rates(90_000, 900, 10_000, 100), rates(50_000, 1000, 50_000, 1000)];
    const stratified = compare(errors, ramp, plan);
    expect(stratified.absolute?.estimate).toBeCloseTo(0, 12);
    expect(codes(stratified)).toContain('stratified');
    const pooled = compare({ ...errors, role: 'goal' }, [rates(140_000, 1900, 60_000, 1100)], plan);
    expect(pooled.verdict).toBe('loser');
  });

  it('a phase with one arm only is left out, and said so', () => {
    const before = [rates(50_000, 5000, 0, 0), rates(10_000, 1000, 10_000, 1000)];
    const comparison = compare(errors, before, plan);
    expect(comparison.valueControl).toBeCloseTo(0.1, 12);
    expect(comparison.absolute?.estimate).toBeCloseTo(0, 12);
    expect(codes(comparison)).toContain('one-sided-phase');
  });

  it('small counts over phases are exact, too', () => {
    const few = compare(errors, [rates(10_000, 3, 9000, 4), rates(3000, 1, 9000, 9)], plan);
    expect(few).toMatchObject({ method: 'small-counts', relative: null });
    expect(few.absolute?.pValue).toBeGreaterThan(0.05);
  });
});

describe('units of analysis', () => {
  /** Errors and requests of `n` minutes of 100 requests, each minute either bad or good. */
  const minutes = (n: number, bad: number): RatioStatistic => ({
    kind: 'ratio',
    n,
    mSum: bad * 20,
    mSumSquares: bad * 400,
    dSum: n * 100,
    dSumSquares: n * 10_000,
    mdSumProducts: bad * 2000,
  });

  it('errors that come in bad minutes are worth fewer observations than requests suggest', () => {
    const stratum: Stratum = { control: minutes(600, 60), variant: minutes(600, 84) };
    const byBucket = compare(errors, [stratum], { ...plan, unit: 'time-buckets', decision: 'fixed' });
    const byRequest = compare(errors, [rates(60_000, 1200, 60_000, 1680)], { ...plan, decision: 'fixed' });
    expect(byBucket.absolute?.estimate).toBeCloseTo(byRequest.absolute?.estimate ?? 0, 12);
    expect(byBucket.absolute?.standardError).toBeGreaterThan(4 * (byRequest.absolute?.standardError ?? 1));
    expect(byBucket.nControl).toBe(60_000);
    expect(codes(byBucket)).not.toContain('independent-requests');
  });

  it('fall back to counts where the control has no error in any minute', () => {
    const stratum: Stratum = { control: minutes(600, 0), variant: minutes(600, 6) };
    const comparison = compare(errors, [stratum], { ...plan, unit: 'time-buckets' });
    expect(comparison.method).toBe('small-counts');
    expect(codes(comparison)).toContain('independent-requests');
  });

  it('fewer than thirty time buckets are not enough', () => {
    const stratum: Stratum = { control: minutes(29, 20), variant: minutes(29, 5) };
    expect(compare(errors, [stratum], { ...plan, unit: 'time-buckets' }).verdict).toBe('not-enough-data');
  });
});

describe('quantiles', () => {
  const BOUNDARIES = [50, 100, 200, 400, Number.POSITIVE_INFINITY];
  const histogram = (counts: readonly number[]) => {
    let total = 0;
    const buckets: Bucket[] = BOUNDARIES.map((le, index) => ({ le, count: (total += counts[index] ?? 0) }));
    return { kind: 'quantile', q: 0.95, buckets } as const;
  };
  const control = histogram([40_000, 45_000, 12_000, 2900, 100]);

  it('are judged by the share slower than the nearest boundary, with the p95 beside it', () => {
    const slower = compare(p95, [{ control, variant: histogram([39_000, 43_000, 14_000, 3900, 100]) }], plan);
    expect(slower.method).toBe('quantile');
    expect(slower.shareSlower).toMatchObject({ boundary: 200, valueControl: 0.03, valueVariant: 0.04 });
    expect(slower.absolute?.pValue).toBe(slower.shareSlower?.absolute.pValue);
    expect(slower.absolute?.estimate).toBeGreaterThan(0);
    expect(slower.guardrail?.status).toBe('holds');
    expect(codes(slower)).toEqual(expect.arrayContaining(['share-slower', 'bucket-interpolated', 'within-margin']));
  });

  it('in the +Inf bucket are refused, and the share slower still decides', () => {
    const off = compare(
      { ...p95, role: 'goal' },
      [{ control, variant: histogram([30_000, 40_000, 12_000, 2900, 15_100]) }],
      plan,
    );
    expect(off).toMatchObject({ verdict: 'loser', absolute: null, guardrail: null, method: null });
    expect(off.refusal).toMatchObject({ refused: 'quantile-in-inf-bucket' });
    expect(off.shareSlower).not.toBeNull();
    expect(codes(off)[0]).toBe('no-answer');
  });

  it('take the boundary that was asked for', () => {
    const asked = compare({ ...p95, boundary: 100 }, [{ control, variant: control }], plan);
    expect(asked.shareSlower?.boundary).toBe(100);
  });

  it('of changed buckets are compared on what both share, or refused', () => {
    const coarse = { kind: 'quantile', q: 0.95, buckets: control.buckets.filter(({ le }) => le !== 100) } as const;
    expect(compare(p95, [{ control, variant: coarse }], plan).absolute).not.toBeNull();
    const other = {
      kind: 'quantile',
      q: 0.95,
      buckets: [
        { le: 7, count: 5 },
        { le: Number.POSITIVE_INFINITY, count: 9 },
      ],
    } as const;
    expect(compare(p95, [{ control, variant: other }], plan).refusal).toMatchObject({ refused: 'buckets-differ' });
  });
});

describe('bad input', () => {
  const fair = proportion(10_000, 1000);

  it.each([
    ['a negative count', { control: proportion(-1, 0), variant: fair }, 'bad-count'],
    ['NaN', { control: fair, variant: proportion(Number.NaN, 3) }, 'bad-count'],
    ['an infinite count', { control: fair, variant: proportion(Number.POSITIVE_INFINITY, 3) }, 'bad-count'],
    ['more events than observations', { control: fair, variant: proportion(100, 101) }, 'events-exceed-trials'],
    ['no observation', { control: proportion(0, 0), variant: proportion(0, 0) }, 'no-data'],
    ['one arm without observations', { control: fair, variant: proportion(0, 0) }, 'no-data'],
    ['two kinds', { control: fair, variant: mean(100, 5, 1) }, 'kinds-differ'],
  ] as const)('%s is refused', (_, stratum, refused) => {
    const comparison = compare(errors, [stratum], plan);
    expect(comparison).toMatchObject({ verdict: 'not-enough-data', absolute: null, refusal: { refused } });
  });

  it.each([
    ['a sum that overflowed', { kind: 'mean', n: 10, sum: Number.POSITIVE_INFINITY, sumSquares: 1 }, 'not-finite'],
    ['a negative sum of squares', { kind: 'mean', n: 10, sum: 5, sumSquares: -1 }, 'not-finite'],
    ['a single observation', mean(1, 45, 0), 'zero-variance'],
    ['values that are all the same', mean(1000, 45, 0), 'zero-variance'],
    ['a spread lost in the sums', { kind: 'mean', n: 1e6, sum: 1e15, sumSquares: 1e24 + 1e9 }, 'precision-lost'],
  ] as const)('%s is refused', (_, statistic, refused) => {
    const comparison = compare(latency, [{ control: mean(1000, 45, 10), variant: statistic }], plan);
    expect(comparison).toMatchObject({ absolute: null, refusal: { refused } });
  });

  it.each([
    ['alpha', { alpha: 0 }, 'bad-alpha'],
    ['alpha', { alpha: 0.5 }, 'bad-alpha'],
    ['alpha', { alpha: Number.NaN }, 'bad-alpha'],
    ['plannedTotal', { plannedTotal: 0 }, 'bad-parameter'],
    ['inflation', { inflation: -1 }, 'bad-parameter'],
    ['targetPower', { targetPower: 1 }, 'bad-parameter'],
  ] as const)('a bad %s is named', (field, change, refused) => {
    expect(compare(errors, [rates(100, 1, 100, 2)], { ...plan, ...change }).refusal).toEqual({ refused, field });
  });

  it('a margin that is not positive is named', () => {
    const refusal = compare({ ...errors, margin: -0.1 }, [rates(100, 1, 100, 2)], plan).refusal;
    expect(refusal).toEqual({ refused: 'bad-parameter', field: 'margin' });
  });

  it('no stratum is no data', () => {
    expect(compare(errors, [], plan)).toMatchObject({ verdict: 'not-enough-data', reasons: [{ code: 'no-data' }] });
  });

  it('extrapolated counts are rounded and said so; an excess that rounding explains is taken back', () => {
    const extrapolated = compare(errors, [rates(9999.6, 100.4, 10_000.2, 99.7)], plan);
    expect(extrapolated).toMatchObject({ nControl: 10_000, nVariant: 10_000, valueControl: 0.01, valueVariant: 0.01 });
    expect(codes(extrapolated)).toContain('rounded-counts');
    expect(compare(accuracy, [rates(199.7, 200.6, 200, 190)], plan).valueControl).toBe(1);
  });

  it('a billion requests are an answer', () => {
    const huge = compare(accuracy, [rates(1e9, 5e8, 1e9, 500_100_000)], plan);
    expect(huge.verdict).toBe('winner');
    expect(huge.absolute?.pValue).toBeCloseTo(7.7e-6, 7);
  });

  it('means say when their variance is approximate or has lost digits', () => {
    const control = { ...mean(1000, 45, 10), approximate: true };
    expect(codes(compare(latency, [{ control, variant: control }], plan))).toContain('variance-from-buckets');
    const far = mean(1000, 2e5, 1);
    expect(codes(compare(latency, [{ control: far, variant: far }], plan))).toContain('precision-low');
  });

  it('never answers with NaN, whatever the counts', () => {
    const counts = [0, 1, 2, 24, 25, 149, 150, 1e4, 1e9];
    for (const n of counts) {
      for (const x of counts.filter((count) => count <= n)) {
        for (const other of [rates(n, x, 1000, 3), rates(1000, 3, n, x), rates(n, x, n, n - x)]) {
          for (const metric of [accuracy, errors]) {
            expect(numbersIn(compare(metric, [other], plan)).filter(Number.isNaN)).toEqual([]);
          }
        }
      }
    }
  });
});
