/** Planned power is the power there is: the samples it asks for find the effect as often as it says. */
import { compare } from '../../src/calc/stats/compare';
import { plannedSequentialPower, sampleSizeAbsolute, sampleSizePerArm } from '../../src/calc/stats/power';
import {
  ALPHA,
  answered,
  binomialDraw,
  createGenerator,
  ERROR_RATE,
  isCovered,
  liftOf,
  planFor,
  proportion,
  relativeOf,
  sequentialOf,
} from './scene';
import { expectBetween, runsOf, Tally } from './measured-share';

const RATE = 0.1;
const CHANGE = 0.1;
const POWER = 0.8;
const METRIC = { mean: RATE, variance: RATE * (1 - RATE) };

describe('a 10 % change of a rate of 10 %', () => {
  const tally = new Tally('power');
  const relativeSize = Math.ceil(answered(sampleSizePerArm(METRIC, { alpha: ALPHA, power: POWER, effect: CHANGE })));
  const variant = RATE * (1 + CHANGE);
  const pooledVariance = (METRIC.variance + variant * (1 - variant)) / 2;
  const absolutePlan = { alpha: ALPHA, power: POWER, effect: variant - RATE, ratio: 1 };
  const absoluteSize = Math.ceil(answered(sampleSizeAbsolute(pooledVariance, absolutePlan)).control);
  const sequentialSize = 2 * absoluteSize;
  const tuning = 2 * sequentialSize;
  const sequentialPower = answered(
    plannedSequentialPower(METRIC, { effect: CHANGE, n: sequentialSize, alpha: ALPHA, tuning }),
  ).power;

  beforeAll(() => {
    const binomial = binomialDraw(createGenerator(80));
    const compareAt = (n: number) =>
      compare(
        ERROR_RATE,
        [{ control: proportion(n, binomial(n, RATE)), variant: proportion(n, binomial(n, variant)) }],
        planFor(tuning),
      );
    for (let run = 0; run < runsOf(4000); run++) {
      tally.count('relative, fixed', !isCovered(relativeOf(compareAt(relativeSize)).fixed, 0));
      tally.count('absolute, fixed', liftOf(compareAt(absoluteSize)).pValue < ALPHA);
      tally.count('relative, sequential', !isCovered(sequentialOf(relativeOf(compareAt(sequentialSize))), 0));
    }
  });

  it.each(['relative, fixed', 'absolute, fixed'])('%s: is found in 80 %% of tests of the planned size', (test) => {
    expectBetween(tally.share(test), POWER - 0.025, POWER + 0.025);
  });

  it('relative, sequential: is found as often as planned', () => {
    expectBetween(tally.share('relative, sequential'), sequentialPower - 0.03, sequentialPower + 0.03);
  });
});
