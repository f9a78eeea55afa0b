/**
 * Sample ratio mismatch at every look: the Bayes factor of a Dirichlet–multinomial against the planned split is a test
 * martingale (Lindon, Malek, “Anytime-valid inference for multinomial count data”, 2020; Optimizely's ssrm).
 */
import { refuse, type Refusal } from './refusal';
import { isCount } from './small-counts';
import { deviance, stirlingError } from './special';
import { isSplit } from './srm';

export const SRM_CONCENTRATION = 10_000;
/** A prior worth less than this many observations is none. */
const LEAST_CONCENTRATION = 1e-3;

/**
 * ln Bayes factor of counts against the split `weights` (adding up to 1):
 * lnΓ(A) − lnΓ(A + n) + Σ lnΓ(aᵢ + xᵢ) − Σ lnΓ(aᵢ) − Σ xᵢ ln wᵢ with aᵢ = A wᵢ, arranged by Stirling's formula so that the
 * terms of size n ln n cancel on paper and not in floating point. Infinite when an arm of weight zero has traffic.
 */
export function srmLogBayesFactor(
  counts: readonly number[],
  weights: readonly number[],
  concentration: number,
): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const after = concentration + n;
  let log = (Math.log(after) - Math.log(concentration)) / 2 + stirlingError(concentration) - stirlingError(after);
  for (const [index, weight] of weights.entries()) {
    const count = counts[index] ?? 0;
    if (weight === 0) {
      if (count > 0) {
        return Number.POSITIVE_INFINITY;
      }
      continue;
    }
    const prior = concentration * weight;
    const posterior = prior + count;
    log += deviance(posterior, after * weight) - (Math.log(posterior) - Math.log(prior)) / 2;
    log += stirlingError(posterior) - stirlingError(prior);
  }
  return log;
}

export interface SequentialSrm {
  /** After the last batch. */
  logBayesFactor: number;
  /** Smallest 1/BF after any batch, at most 1. */
  pValue: number;
}

/**
 * Sequential test over batches of new counts, looked at after each of them. Weights of any positive scale. Refuses
 * `bad-weights`, `bad-count`, `bad-parameter` (the concentration) and `no-data` (no batch).
 */
export function testSrmSequentially(
  batches: readonly (readonly number[])[],
  weights: readonly number[],
  concentration = SRM_CONCENTRATION,
): SequentialSrm | Refusal {
  if (batches.length === 0) {
    return refuse('no-data');
  }
  if (!batches.every((counts) => isSplit(weights, counts.length))) {
    return refuse('bad-weights');
  }
  if (!batches.flat().every(isCount)) {
    return refuse('bad-count');
  }
  if (!(concentration >= LEAST_CONCENTRATION && isCount(concentration))) {
    return refuse('bad-parameter', 'concentration');
  }
  const scale = weights.reduce((sum, weight) => sum + weight, 0);
  const split = weights.map((weight) => weight / scale);
  const total = weights.map(() => 0);
  let logBayesFactor = 0;
  let largest = 0;
  for (const counts of batches) {
    for (const [arm, count] of counts.entries()) {
      total[arm] = (total[arm] ?? 0) + count;
    }
    logBayesFactor = srmLogBayesFactor(total, split, concentration);
    largest = Math.max(largest, logBayesFactor);
  }
  return { logBayesFactor, pValue: Math.exp(-largest) };
}
