/** Traps 9 and 13: the traffic split of sound tests, looked at 1,000 times, counted by request and by user. */
import { randomGeometric } from 'd3-random';
import { checkSplit } from '../../src/calc/stats/split-check';
import { testCounts } from '../../src/calc/stats/srm';
import { testSrmSequentially } from '../../src/calc/stats/srm-sequential';
import { answered, binomialDraw, createGenerator } from './scene';
import { expectAtLeast, expectAtMost, expectBeyond, runsOf, Tally } from './measured-share';

const THRESHOLD = 0.001;
const LOOKS = 1000;

/** χ² at every look of running counts. */
function hasFixedAlarm(batches: readonly (readonly [number, number])[], share: number): boolean {
  const total = [0, 0] as [number, number];
  return batches.some(([control, variant]) => {
    total[0] += control;
    total[1] += variant;
    const n = total[0] + total[1];
    return testCounts(total, [n * (1 - share), n * share]).pValue < THRESHOLD;
  });
}

function hasSequentialAlarm(batches: readonly (readonly [number, number])[], share: number): boolean {
  return answered(testSrmSequentially(batches, [1 - share, share])).pValue < THRESHOLD;
}

describe.each([0.5, 0.1])('requests assigned at random, %d of them to the variant', (share) => {
  const tally = new Tally(`SRM, share ${share}, 1,000 looks`);
  const PER_LOOK = 200;

  beforeAll(() => {
    const binomial = binomialDraw(createGenerator(9 + share));
    for (let run = 0; run < runsOf(1200); run++) {
      const sound = Array.from({ length: LOOKS }, () => {
        const variant = binomial(PER_LOOK, share);
        return [PER_LOOK - variant, variant] as const;
      });
      tally.count('χ²', hasFixedAlarm(sound, share));
      tally.count('sequential', hasSequentialAlarm(sound, share));
      tally.count('sequential, a broken split', hasSequentialAlarm(sound, share + 0.02));
    }
  });

  it('sequential: alarms in at most 0.1 % of sound tests', () => {
    expectAtMost(tally.share('sequential'), THRESHOLD);
  });

  it('sequential: finds a split two points off what is declared', () => {
    expectAtLeast(tally.share('sequential, a broken split'), 0.99);
  });

  it('χ² alarms ten times as often as its threshold says', () => {
    expectBeyond(tally.share('χ²'), 10 * THRESHOLD);
  });
});

describe('users assigned at random, ten requests each', () => {
  const tally = new Tally('SRM, users with 10 requests each');
  const USERS = 20;

  beforeAll(() => {
    const uniform = createGenerator(63);
    const binomial = binomialDraw(uniform);
    const requestsOfUser = randomGeometric.source(uniform)(0.1);
    const requestsOf = (users: number): number => {
      let requests = 0;
      for (let user = 0; user < users; user++) {
        requests += requestsOfUser();
      }
      return requests;
    };
    for (let run = 0; run < runsOf(300); run++) {
      const users: [number, number][] = [];
      const requests: [number, number][] = [];
      for (let look = 0; look < LOOKS; look++) {
        const variant = binomial(USERS, 0.5);
        users.push([USERS - variant, variant]);
        requests.push([requestsOf(USERS - variant), requestsOf(variant)]);
      }
      tally.count('χ² on requests, 1,000 looks', hasFixedAlarm(requests, 0.5));
      tally.count('sequential on users', hasSequentialAlarm(users, 0.5));
      const observed = [0, 1].map((arm) => requests.reduce((sum, batch) => sum + (batch[arm] ?? 0), 0));
      const { status, fixedPValue } = checkSplit([{ observed, weights: [1, 1] }], { assignment: 'user' });
      tally.count('χ² on requests, one look', fixedPValue !== null && fixedPValue < THRESHOLD);
      tally.count('check on requests fails the test', status === 'failed');
    }
  });

  it('counted as requests, χ² alarms in a third of sound tests at a single look, and in nearly all at a thousand', () => {
    expectBeyond(tally.share('χ² on requests, one look'), 1 / 3);
    expectBeyond(tally.share('χ² on requests, 1,000 looks'), 0.9);
  });

  it('counted as users, the sequential test alarms in at most 0.1 %', () => {
    expectAtMost(tally.share('sequential on users'), THRESHOLD);
  });

  it('the check on requests never makes a test of users invalid', () => {
    expectAtMost(tally.share('check on requests fails the test'), 0);
  });
});
