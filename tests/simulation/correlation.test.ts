/** Trap 6: the requests of one user resemble each other; the unit of analysis must not be smaller than what is alike. */
import { randomBeta } from 'd3-random';
import { compare } from '../../src/calc/stats/compare';
import type { RatioStatistic } from '../../src/calc/stats/sufficient';
import { ALPHA, binomialDraw, createGenerator, ERROR_RATE, isCovered, liftOf, planFor, proportion } from './scene';
import { expectBetween, expectBeyond, runsOf, Tally } from './measured-share';

const BUCKETS = 288;
const RATE = 0.05;

/** Adds one unit's numerator and denominator. */
function addUnit(sum: RatioStatistic, m: number, d: number): void {
  sum.n++;
  sum.mSum += m;
  sum.mSumSquares += m * m;
  sum.dSum += d;
  sum.dSumSquares += d * d;
  sum.mdSumProducts += m * d;
}

const emptySum = (): RatioStatistic => ({
  kind: 'ratio',
  n: 0,
  mSum: 0,
  mSumSquares: 0,
  dSum: 0,
  dSumSquares: 0,
  mdSumProducts: 0,
});

describe.each([0.05, 0.2])('identical variants whose users’ requests correlate by %d', (correlation) => {
  const tally = new Tally(`A/A, correlation ${correlation} within users`);

  beforeAll(() => {
    const uniform = createGenerator(6 + correlation);
    const binomial = binomialDraw(uniform);
    // A user's own error rate: Beta, so that two of his requests correlate by `correlation`.
    const concentration = 1 / correlation - 1;
    const userRate = randomBeta.source(uniform)(RATE * concentration, (1 - RATE) * concentration);
    /** Three to seven users a bucket, who come once and make 5 to 25 requests. */
    const armOf = () => {
      const byBucket = emptySum();
      const byUser = emptySum();
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const users = 3 + Math.floor(5 * uniform());
        let [errors, requests] = [0, 0];
        for (let user = 0; user < users; user++) {
          const own = 5 + Math.floor(21 * uniform());
          const failed = binomial(own, userRate());
          addUnit(byUser, failed, own);
          errors += failed;
          requests += own;
        }
        addUnit(byBucket, errors, requests);
      }
      return { byBucket, byUser, byRequest: proportion(byBucket.dSum, byBucket.mSum) };
    };
    for (let run = 0; run < runsOf(1200); run++) {
      const [control, variant] = [armOf(), armOf()];
      const plan = planFor(1_000_000);
      const lifts = {
        requests: compare(ERROR_RATE, [{ control: control.byRequest, variant: variant.byRequest }], plan),
        'time-buckets': compare(ERROR_RATE, [{ control: control.byBucket, variant: variant.byBucket }], {
          ...plan,
          unit: 'time-buckets',
        }),
        users: compare(ERROR_RATE, [{ control: control.byUser, variant: variant.byUser }], { ...plan, unit: 'users' }),
      };
      for (const [unit, comparison] of Object.entries(lifts)) {
        const lift = liftOf(comparison);
        tally.count(unit, unit === 'requests' ? lift.pValue < ALPHA : isCovered(lift.fixed, 0));
      }
    }
  });

  it('taken as independent, requests reject far too often', () => {
    expectBeyond(tally.share('requests'), 2 * ALPHA);
  });

  it.each(['time-buckets', 'users'])('by %s, intervals cover the truth in 93–97 %% of tests', (unit) => {
    expectBetween(tally.share(unit), 0.93, 0.97);
  });
});
