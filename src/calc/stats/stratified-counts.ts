/** Small counts over several strata: Newcombe's interval and Fisher's test as they are for one stratum, carried over to more. */
import type { CountStratum } from './event-sequence';
import { fisherPValue, fisherUpperTail, hypergeometricProbabilities } from './fisher';
import { newcombeInterval, wilsonInterval, type Counts } from './small-counts';
import { normalCdf } from './special';

/** More possible tables than this are summed by the normal approximation, which then holds. */
const MOST_TABLES = 2000;

/**
 * Interval of the weighted difference: the distances of each stratum's Wilson limits, squared, weighted and added up (MOVER;
 * Zou, Donner 2008; stratified by Yan, Su 2010). One stratum is Newcombe's interval.
 */
export function stratifiedNewcombe(
  strata: readonly CountStratum[],
  weights: readonly number[],
  alpha: number,
): [low: number, high: number] {
  const [only] = strata;
  if (strata.length === 1 && only !== undefined) {
    return newcombeInterval(only.control, only.variant, alpha);
  }
  let difference = 0;
  let down = 0;
  let up = 0;
  for (const [index, { control, variant }] of strata.entries()) {
    const weight = weights[index] ?? 0;
    if (weight === 0) {
      continue;
    }
    const square = weight * weight;
    const a = reach(control, alpha);
    const b = reach(variant, alpha);
    difference += weight * (b.rate - a.rate);
    down += square * (b.below ** 2 + a.above ** 2);
    up += square * (b.above ** 2 + a.below ** 2);
  }
  return [difference - Math.sqrt(down), difference + Math.sqrt(up)];
}

function reach(counts: Counts, alpha: number): { rate: number; below: number; above: number } {
  const rate = counts.x / counts.n;
  const [low, high] = wilsonInterval(counts, alpha);
  return { rate, below: rate - low, above: high - rate };
}

/**
 * Two-sided exact p-value of equal rates in every stratum: the distribution of the variant's events given each stratum's
 * margins, convolved. Beyond 2,000 tables Cochran–Mantel–Haenszel's normal form. One stratum is Fisher's test.
 */
export function stratifiedFisherPValue(strata: readonly CountStratum[]): number {
  const used = strata.filter(({ control, variant }) => control.n > 0 && variant.n > 0);
  const [only] = used;
  if (used.length <= 1) {
    return only === undefined ? 1 : fisherPValue(only.control, only.variant);
  }
  if (tablesOf(used) > MOST_TABLES) {
    return 2 * normalCdf(-Math.abs(mantelHaenszelScore(used)));
  }
  const { distribution, seen } = eventDistribution(used);
  const limit = (distribution[seen] ?? 0) * (1 + 1e-9);
  return Math.min(
    1,
    distribution.reduce((sum, probability) => (probability <= limit ? sum + probability : sum), 0),
  );
}

/** One-sided: the probability of as many events of the variant, or more, if the rates were equal in every stratum. */
export function stratifiedUpperTail(strata: readonly CountStratum[]): number {
  const used = strata.filter(({ control, variant }) => control.n > 0 && variant.n > 0);
  const [only] = used;
  if (used.length <= 1) {
    return only === undefined ? 1 : fisherUpperTail(only.control, only.variant);
  }
  if (tablesOf(used) > MOST_TABLES) {
    return normalCdf(-mantelHaenszelScore(used));
  }
  const { distribution, seen } = eventDistribution(used);
  return Math.min(
    1,
    distribution.slice(seen).reduce((sum, probability) => sum + probability, 0),
  );
}

function tablesOf(strata: readonly CountStratum[]): number {
  return strata.reduce((sum, { control, variant }) => sum + Math.min(control.x + variant.x, variant.n, control.n), 0);
}

/** The variant's events over all strata given each one's margins, from the fewest possible upwards, and the place of those seen. */
function eventDistribution(strata: readonly CountStratum[]): { distribution: number[]; seen: number } {
  let distribution = [1];
  let seen = 0;
  for (const { control, variant } of strata) {
    const { lowest, probabilities } = hypergeometricProbabilities(control, variant);
    distribution = convolve(distribution, probabilities);
    seen += variant.x - lowest;
  }
  return { distribution, seen };
}

function convolve(first: readonly number[], second: readonly number[]): number[] {
  const sums = new Array<number>(first.length + second.length - 1).fill(0);
  for (const [i, p] of first.entries()) {
    for (const [j, q] of second.entries()) {
      sums[i + j] = (sums[i + j] ?? 0) + p * q;
    }
  }
  return sums;
}

/** Standard normal where the rates are equal; positive where the variant has more events. */
function mantelHaenszelScore(strata: readonly CountStratum[]): number {
  let surplus = 0;
  let variance = 0;
  for (const { control, variant } of strata) {
    const n = control.n + variant.n;
    const events = control.x + variant.x;
    surplus += variant.x - (events * variant.n) / n;
    variance += (events * (n - events) * control.n * variant.n) / (n * n * (n - 1));
  }
  return variance > 0 ? surplus / Math.sqrt(variance) : 0;
}
