/** Trap 7: the 95th percentile of latency on Prometheus' default buckets, where the variant's is truly 20 % slower. */
import { compare } from '../../src/calc/stats/compare';
import type { Bucket } from '../../src/calc/stats/histogram';
import type { QuantileStatistic } from '../../src/calc/stats/sufficient';
import { normalCdf } from '../../src/calc/stats/special';
import { ALPHA, binomialDraw, createGenerator, isCovered, liftOf, P95, planFor } from './scene';
import { expectAtLeast, expectAtMost, expectBetween, expectBeyond, runsOf, Tally } from './measured-share';

/** prometheus/client_golang's DefBuckets, in ms. */
const DEFAULT_BUCKETS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, Number.POSITIVE_INFINITY];
const FINE_BUCKETS = [...Array.from({ length: 40 }, (_, index) => 100 * 1.05 ** index), Number.POSITIVE_INFINITY];

const RUNS = runsOf(4300);
const N = 20_000;
/** Log-normal latencies. */
const SIGMA = 0.8;
const Z95 = 1.6448536269514722;
const P95_CONTROL = 350;

/** Share of latencies up to `le` when their p95 is `p95`. */
const shareBelow = (le: number, p95: number): number => normalCdf(Math.log(le / p95) / SIGMA + Z95);

describe('a p95 of 350 ms', () => {
  const tally = new Tally('p95');
  let readings = 0;

  beforeAll(() => {
    const binomial = binomialDraw(createGenerator(95));
    const histogramOf = (boundaries: readonly number[], p95: number): QuantileStatistic => {
      let [left, below] = [N, 0];
      const buckets = boundaries.map((le): Bucket => {
        const share = shareBelow(le, p95);
        const inside = le === Number.POSITIVE_INFINITY ? left : binomial(left, (share - below) / (1 - below));
        left -= inside;
        below = share;
        return { le, count: N - left };
      });
      return { kind: 'quantile', q: 0.95, buckets };
    };
    const compareAt = (boundaries: readonly number[], factor: number) =>
      compare(
        P95,
        [{ control: histogramOf(boundaries, P95_CONTROL), variant: histogramOf(boundaries, factor * P95_CONTROL) }],
        planFor(2 * N),
      );
    for (let run = 0; run < RUNS; run++) {
      const slower = compareAt(DEFAULT_BUCKETS, 1.2);
      const share = shareSlowerOf(slower);
      const truth = shareBelow(share.boundary, P95_CONTROL) - shareBelow(share.boundary, 1.2 * P95_CONTROL);
      readings += slower.relative?.estimate ?? 0;
      tally.count('default buckets, +20 %: p95 covered', isCovered(liftOf(slower).fixed, 0.2 * P95_CONTROL));
      tally.count('default buckets, +20 %: share slower covered', isCovered(share.absolute.fixed, truth));
      tally.count('default buckets, +20 %: found', slower.verdict === 'loser');
      tally.count('default buckets, A/A: share slower alarms', liftOf(compareAt(DEFAULT_BUCKETS, 1)).pValue < ALPHA);
      tally.count(
        'fine buckets, +20 %: p95 covered',
        isCovered(liftOf(compareAt(FINE_BUCKETS, 1.2)).fixed, 0.2 * P95_CONTROL),
      );
    }
  });

  it('read from default buckets, +20 % reads +12 %, and hardly an interval covers the truth', () => {
    expect(readings / RUNS).toBeCloseTo(0.12, 2);
    expectBeyond(missed(tally.share('default buckets, +20 %: p95 covered')), 0.9);
  });

  it('the share slower covers its truth in 94–96 % of tests on the same buckets', () => {
    expectBetween(tally.share('default buckets, +20 %: share slower covered'), 0.94, 0.96);
  });

  it('the share slower finds the variant slower at every look, and alarms in at most 5 % of A/A tests', () => {
    expectAtLeast(tally.share('default buckets, +20 %: found'), 0.99);
    expectAtMost(tally.share('default buckets, A/A: share slower alarms'), ALPHA);
  });

  it('with buckets 5 % wide the interval of the p95 covers the truth', () => {
    expectBetween(tally.share('fine buckets, +20 %: p95 covered'), 0.94, 0.96);
  });
});

const missed = ({ what, runs, events }: { what: string; runs: number; events: number }) => ({
  what: what.replace('covered', 'missed'),
  runs,
  events: runs - events,
});

function shareSlowerOf({ shareSlower }: ReturnType<typeof compare>) {
  if (shareSlower === null) {
    throw new Error('no share slower');
  }
  return shareSlower;
}
