/** Intervals and tests of proportions that hold at small and zero counts, where the delta method has no answer. */
import { refuse, type Refusal } from './refusal';
import { normalCdf, normalUpperQuantile } from './special';

/** `x` events among `n` observations, 0 ≤ x ≤ n. */
export interface Counts {
  n: number;
  x: number;
}

/** Whether a number can be a count: not negative, and small enough for whole numbers to be told apart. */
export const isCount = (value: number): boolean => value >= 0 && value <= Number.MAX_SAFE_INTEGER;

/** Why counts can be none: `bad-count`, `events-exceed-trials`; null when they are sound. */
export function refuseCounts({ n, x }: Counts, field: string): Refusal | null {
  if (!isCount(n) || !isCount(x)) {
    return refuse('bad-count', field);
  }
  return x > n ? refuse('events-exceed-trials', field) : null;
}

/** Wilson's score interval (1927) of one proportion at 1 − alpha; of none, everything from 0 to 1. */
export function wilsonInterval({ n, x }: Counts, alpha: number): [low: number, high: number] {
  if (n === 0) {
    return [0, 1];
  }
  const z = normalUpperQuantile(alpha / 2);
  const square = z * z;
  const p = x / n;
  const middle = (p + square / (2 * n)) / (1 + square / n);
  const halfWidth = (z / (1 + square / n)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n));
  return [x === 0 ? 0 : Math.max(0, middle - halfWidth), x === n ? 1 : Math.min(1, middle + halfWidth)];
}

/**
 * Newcombe (1998), method 10, without continuity correction: interval of the difference variant − control at 1 − alpha. With
 * an empty arm, everything from −1 to 1.
 */
export function newcombeInterval(control: Counts, variant: Counts, alpha: number): [low: number, high: number] {
  if (control.n === 0 || variant.n === 0) {
    return [-1, 1];
  }
  const a = control.x / control.n;
  const b = variant.x / variant.n;
  const [lowA, highA] = wilsonInterval(control, alpha);
  const [lowB, highB] = wilsonInterval(variant, alpha);
  return [b - a - Math.hypot(b - lowB, highA - a), b - a + Math.hypot(highB - b, a - lowA)];
}

/** Two-sided z test with the pooled variance; 1 without anything to tell apart: a pooled rate of 0 or 1, or an empty arm. */
export function pooledZPValue(control: Counts, variant: Counts): number {
  if (control.n === 0 || variant.n === 0) {
    return 1;
  }
  const pooled = (control.x + variant.x) / (control.n + variant.n);
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / control.n + 1 / variant.n));
  if (!(standardError > 0)) {
    return 1;
  }
  const difference = variant.x / variant.n - control.x / control.n;
  return 2 * normalCdf(-Math.abs(difference) / standardError);
}
