/** Traps 2, 3 and 11: what looking often does to a test of two identical variants. */
import { compare } from '../../src/calc/stats/compare';
import { sequentialPValue } from '../../src/calc/stats/sequential';
import { ALPHA, binomialDraw, createGenerator, ERROR_RATE, isCovered, liftOf, planFor, proportion } from './scene';
import { expectAtMost, expectBeyond, runsOf, Tally } from './measured-share';

/** A day of alert evaluations, every five minutes. */
const LOOKS = 288;
const PER_LOOK = 500;

describe.each([0.2, 0.02, 0.01])('two identical variants at a rate of %d, looked at 288 times', (rate) => {
  const tally = new Tally(`A/A, rate ${rate}, 288 looks`);
  const plan = planFor(2 * LOOKS * PER_LOOK);

  beforeAll(() => {
    const binomial = binomialDraw(createGenerator(1000 * rate));
    for (let run = 0; run < runsOf(300); run++) {
      const events = { control: 0, variant: 0 };
      const alarmed = { fixed: false, sequential: false, 'sequential p': false, 'sequential, relative': false };
      for (let look = 1; look <= LOOKS; look++) {
        events.control += binomial(PER_LOOK, rate);
        events.variant += binomial(PER_LOOK, rate);
        const n = look * PER_LOOK;
        const comparison = compare(
          ERROR_RATE,
          [{ control: proportion(n, events.control), variant: proportion(n, events.variant) }],
          plan,
        );
        const lift = liftOf(comparison);
        const relative = comparison.relative?.sequential ?? null;
        alarmed.fixed ||= lift.pValue < ALPHA;
        alarmed.sequential ||= lift.sequential === null || !isCovered(lift.sequential, 0);
        alarmed['sequential p'] ||= (lift.sequentialPValue ?? 0) < ALPHA;
        alarmed['sequential, relative'] ||= relative !== null && !isCovered(relative, 0);
      }
      for (const [test, hasAlarmed] of Object.entries(alarmed)) {
        tally.count(test, hasAlarmed);
      }
    }
  });

  it.each(['sequential', 'sequential p', 'sequential, relative'])('%s: alarms in at most 5 %% of tests', (test) => {
    expectAtMost(tally.share(test), ALPHA);
  });

  it('the fixed test alarms in a quarter of them at least: it is for one look', () => {
    expectBeyond(tally.share('fixed'), 1 / 4);
  });
});

describe('the window of a sequential test of two identical variants', () => {
  const tally = new Tally('A/A, 28 days, a look every 5 min');
  const DAYS = 28;
  const RATE = 0.2;
  const WINDOWS = { 'cumulative from the start': DAYS * LOOKS, 'rolling 24 h': LOOKS, 'rolling 10 min': 2 };

  beforeAll(() => {
    const binomial = binomialDraw(createGenerator(28));
    for (let run = 0; run < runsOf(100); run++) {
      const control = [0];
      const variant = [0];
      for (let look = 1; look <= DAYS * LOOKS; look++) {
        control.push((control[look - 1] ?? 0) + binomial(PER_LOOK, RATE));
        variant.push((variant[look - 1] ?? 0) + binomial(PER_LOOK, RATE));
      }
      for (const [window, length] of Object.entries(WINDOWS)) {
        tally.count(window, hasAlarm(control, variant, length));
      }
    }
  });

  it('alarms in at most 5 % of tests when it counts from the start', () => {
    expectAtMost(tally.share('cumulative from the start'), ALPHA);
  });

  it.each(['rolling 24 h', 'rolling 10 min'])(
    '%s: loses its guarantee, so without a start there is no verdict',
    (window) => {
      expectBeyond(tally.share(window), ALPHA);
    },
  );
});

/**
 * Whether a test over the last `length` looks alarms at any of them; `control` and `variant` are running counts. It is tuned
 * for what its window holds, as whoever makes a rule of that window would tune it.
 */
function hasAlarm(control: readonly number[], variant: readonly number[], length: number): boolean {
  const tuning = 2 * length * PER_LOOK;
  return control.some((until, look) => {
    const from = Math.max(0, look - length);
    const n = (look - from) * PER_LOOK;
    const a = (until - (control[from] ?? 0)) / n;
    const b = ((variant[look] ?? 0) - (variant[from] ?? 0)) / n;
    const standardError = Math.sqrt((a * (1 - a) + b * (1 - b)) / n);
    const sequence = { estimate: b - a, standardError, n: 2 * n, alpha: ALPHA, tuning };
    return standardError > 0 && sequentialPValue(sequence) < ALPHA;
  });
}
