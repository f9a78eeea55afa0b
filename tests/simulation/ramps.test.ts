/** Trap 14: a ramp from 10 to 50 % while the error rate of everyone climbs from 1 to 2 %. */
import { compare } from '../../src/calc/stats/compare';
import {
  ALPHA,
  binomialDraw,
  createGenerator,
  ERROR_RATE,
  isCovered,
  liftOf,
  planFor,
  proportion,
  sequentialOf,
} from './scene';
import { expectAtMost, expectBetween, expectBeyond, runsOf, Tally } from './measured-share';

const DAYS = 14;
const PER_DAY = 10_000;
/** The variant's share in each phase of the ramp, and the day it begins. */
const RAMP = [
  { from: 0, share: 0.1 },
  { from: 3, share: 0.25 },
  { from: 7, share: 0.5 },
];
const rateOn = (day: number): number => 0.01 + (0.01 * day) / (DAYS - 1);

describe('identical variants under a ramp with a drifting error rate', () => {
  const tally = new Tally('A/A under a ramp, 14 days');
  const plan = planFor(DAYS * PER_DAY);

  beforeAll(() => {
    const binomial = binomialDraw(createGenerator(14));
    for (let run = 0; run < runsOf(4300); run++) {
      const phases = RAMP.map(() => ({ control: proportion(0, 0), variant: proportion(0, 0) }));
      const pooled = { control: proportion(0, 0), variant: proportion(0, 0) };
      let wasSequentiallyAlarmed = false;
      for (let day = 0; day < DAYS; day++) {
        const index = RAMP.findLastIndex(({ from }) => from <= day);
        const [phase, share] = [phases[index], RAMP[index]?.share];
        if (phase === undefined || share === undefined) {
          throw new Error(`no phase on day ${day}`);
        }
        const n = { control: PER_DAY * (1 - share), variant: PER_DAY * share };
        for (const arm of ['control', 'variant'] as const) {
          const events = binomial(n[arm], rateOn(day));
          for (const counts of [phase[arm], pooled[arm]]) {
            counts.n += n[arm];
            counts.x += events;
          }
        }
        const { absolute } = compare(ERROR_RATE, phases, plan);
        wasSequentiallyAlarmed ||= absolute !== null && !isCovered(sequentialOf(absolute), 0);
      }
      const stratified = liftOf(compare(ERROR_RATE, phases, plan));
      tally.count('stratified, fixed', stratified.pValue < ALPHA);
      tally.count('stratified, the interval covers no difference', isCovered(stratified.fixed, 0));
      tally.count('stratified, sequential, daily', wasSequentiallyAlarmed);
      tally.count('pooled, fixed', liftOf(compare(ERROR_RATE, [pooled], plan)).pValue < ALPHA);
    }
  });

  it.each(['stratified, fixed', 'stratified, sequential, daily'])('%s: alarms in at most 5 %% of tests', (test) => {
    expectAtMost(tally.share(test), ALPHA);
  });

  it('the stratified interval covers the truth in 94–96 % of tests', () => {
    expectBetween(tally.share('stratified, the interval covers no difference'), 0.94, 0.96);
  });

  it('pooled over the phases, three tests in four alarm', () => {
    expectBeyond(tally.share('pooled, fixed'), 0.75);
  });
});
