/**
 * The measurement where events (or non-events) are few: the delta method has no answer at zero and a poor one near it. Newcombe's
 * interval and Fisher's test for one look, event counts for every look, Beta posteriors for chances.
 */
import { chanceToWin, expectedLosses } from './bayesian';
import { betaPosterior, compareBetas } from './beta-binomial';
import type { Interval, Lift } from './comparison';
import { compareEventSequences, type CountStratum, type EventSequence } from './event-sequence';
import { isSequential, type MeasuringPlan, type Measurement } from './measurement';
import { isRefusal, type Refusal } from './refusal';
import { wilsonInterval, type Counts } from './small-counts';
import { stratifiedFisherPValue, stratifiedNewcombe } from './stratified-counts';

/** Sums of both arms over the strata. */
function totalsOf(strata: readonly CountStratum[]): CountStratum {
  const total = { control: { n: 0, x: 0 }, variant: { n: 0, x: 0 } };
  for (const { control, variant } of strata) {
    total.control.n += control.n;
    total.control.x += control.x;
    total.variant.n += variant.n;
    total.variant.x += variant.x;
  }
  return total;
}

/** The fewest events or non-events of either arm. */
export function fewestCounts(strata: readonly CountStratum[]): number {
  const { control, variant } = totalsOf(strata);
  return Math.min(control.x, control.n - control.x, variant.x, variant.n - variant.x);
}

const toInterval = ([low, high]: readonly [number, number]): Interval => ({ low, high });

const flip = ({ n, x }: Counts): Counts => ({ n, x: n - x });

/**
 * Sequential comparison of the rarer of events and non-events, as intervals of the rate of events. Null while the test has
 * no start.
 */
function sequenceOf(
  strata: readonly CountStratum[],
  weights: readonly number[],
  alpha: number,
): (EventSequence & { areNonEvents: boolean }) | Refusal {
  const { control, variant } = totalsOf(strata);
  const areNonEvents = 2 * (control.x + variant.x) > control.n + variant.n;
  const rare = areNonEvents
    ? strata.map((stratum) => ({ control: flip(stratum.control), variant: flip(stratum.variant) }))
    : strata;
  const sequence = compareEventSequences(rare, weights, alpha);
  if (isRefusal(sequence)) {
    return sequence;
  }
  const [low, high] = sequence.difference;
  return { ...sequence, areNonEvents, difference: areNonEvents ? [-high, -low] : [low, high] };
}

/** Variance of a rate with one event and one non-event added, which is never zero. */
const smoothedSquaredError = ({ n, x }: Counts): number => {
  const rate = (x + 1) / (n + 2);
  return (rate * (1 - rate)) / n;
};

/** Scales an interval's distances from the estimate. */
const widen = ({ low, high }: Interval, estimate: number, inflation: number): Interval => ({
  low: estimate + (low - estimate) * inflation,
  high: estimate + (high - estimate) * inflation,
});

/** Compares rates of few events over strata with the given weights. Refuses `no-data`. */
export function measureCounts(
  strata: readonly CountStratum[],
  weights: readonly number[],
  plan: MeasuringPlan,
): Measurement | Refusal {
  const { alpha, inflation } = plan;
  const sequence = sequenceOf(strata, weights, alpha);
  if (isRefusal(sequence)) {
    return sequence;
  }
  const totals = totalsOf(strata);
  let [valueControl, valueVariant, squaredError] = [0, 0, 0];
  for (const [index, { control, variant }] of strata.entries()) {
    const weight = weights[index] ?? 0;
    if (weight > 0) {
      valueControl += (weight * control.x) / control.n;
      valueVariant += (weight * variant.x) / variant.n;
      squaredError += weight ** 2 * (smoothedSquaredError(control) + smoothedSquaredError(variant));
    }
  }
  const estimate = valueVariant - valueControl;
  const standardError = Math.sqrt(squaredError) * inflation;
  const sequential = plan.isAnchored ? widen(toInterval(sequence.difference), estimate, inflation) : null;
  const relative = relativeLift(strata, valueControl, estimate, sequence, plan);
  return {
    nControl: totals.control.n,
    nVariant: totals.variant.n,
    valueControl,
    valueVariant,
    method: 'small-counts',
    absolute: {
      estimate,
      fixed: widen(toInterval(stratifiedNewcombe(strata, weights, alpha)), estimate, inflation),
      sequential,
      standardError,
      pValue: stratifiedFisherPValue(strata),
      sequentialPValue: plan.isAnchored ? sequence.pValue : null,
    },
    relative,
    bounds: boundsOf(strata, weights, plan, estimate),
    ...chancesOf(strata, { mean: estimate, sd: standardError }, plan.isLowerBetter),
    notes: plan.isAnchored && !relative?.sequential ? ['small-counts', 'rare-events'] : ['small-counts'],
  };
}

/** Two-sided at 2·alpha is one-sided at alpha on each side. */
function boundsOf(
  strata: readonly CountStratum[],
  weights: readonly number[],
  plan: MeasuringPlan,
  estimate: number,
): Interval {
  const sequence = isSequential(plan) ? sequenceOf(strata, weights, 2 * plan.alpha) : null;
  const ends =
    sequence === null || isRefusal(sequence)
      ? stratifiedNewcombe(strata, weights, 2 * plan.alpha)
      : sequence.difference;
  return widen(toInterval(ends), estimate, plan.inflation);
}

/**
 * The relative change, from the share of all events that the variant had (Wilson's interval of it, conditional on their
 * number); for one stratum of rare events, in a control that had any.
 */
function relativeLift(
  strata: readonly CountStratum[],
  valueControl: number,
  estimate: number,
  sequence: EventSequence & { areNonEvents: boolean },
  plan: MeasuringPlan,
): Lift | null {
  const [only] = strata;
  if (strata.length !== 1 || only === undefined || valueControl === 0 || sequence.areNonEvents) {
    return null;
  }
  const { control, variant } = only;
  const [low, high] = wilsonInterval({ n: control.x + variant.x, x: variant.x }, plan.alpha);
  const changeAt = (share: number) => ((share / (1 - share)) * control.n) / variant.n - 1;
  const relative = estimate / valueControl;
  const [sequenceLow, sequenceHigh] = sequence.relative;
  return {
    estimate: relative,
    fixed: widen({ low: changeAt(low), high: changeAt(high) }, relative, plan.inflation),
    sequential:
      plan.isAnchored && Number.isFinite(sequenceHigh)
        ? widen({ low: sequenceLow, high: sequenceHigh }, relative, plan.inflation)
        : null,
  };
}

/** Beta posteriors for one stratum; for more, the Gaussian with the smoothed error. */
function chancesOf(
  strata: readonly CountStratum[],
  posterior: { mean: number; sd: number },
  isLowerBetter: boolean,
): Pick<Measurement, 'chanceToWin' | 'expectedLoss'> {
  const [only] = strata;
  if (strata.length !== 1 || only === undefined) {
    return {
      chanceToWin: chanceToWin(posterior, isLowerBetter),
      expectedLoss: expectedLosses(posterior, isLowerBetter).variant,
    };
  }
  const { chanceHigher, lossOfControl, lossOfVariant } = compareBetas(
    betaPosterior(only.control),
    betaPosterior(only.variant),
  );
  // Choosing the variant costs what it lies above the control where lower is better.
  return isLowerBetter
    ? { chanceToWin: 1 - chanceHigher, expectedLoss: lossOfControl }
    : { chanceToWin: chanceHigher, expectedLoss: lossOfVariant };
}
