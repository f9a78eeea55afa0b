/** Sample ratio mismatch: does the traffic follow the planned split? A mismatch means that the test itself is broken. */
import { refuse, type Refusal } from './refusal';
import { isCount } from './small-counts';
import { chiSquareUpperTail } from './special';

export interface SrmTest {
  chiSquare: number;
  dof: number;
  pValue: number;
}

/** A planned share below this is none that anyone plans, and would make any traffic infinitely unlikely. */
const LEAST_SHARE = 1e-9;

/** Whether weights of any positive scale can be a split: one each, none negative, each nothing or a share worth planning. */
export function isSplit(weights: readonly number[], arms: number): boolean {
  const scale = weights.reduce((sum, weight) => sum + weight, 0);
  return (
    weights.length === arms &&
    scale > 0 &&
    Number.isFinite(scale) &&
    weights.every((weight) => weight === 0 || weight / scale >= LEAST_SHARE)
  );
}

/** χ² of observed against expected counts; arms expected to be empty are left out of sum and degrees of freedom. */
export function testCounts(observed: readonly number[], expected: readonly number[]): SrmTest {
  let chiSquare = 0;
  let arms = 0;
  for (const [index, count] of observed.entries()) {
    const share = expected[index] ?? 0;
    if (share > 0) {
      chiSquare += (count - share) ** 2 / share;
      arms++;
    }
  }
  const dof = arms - 1;
  return { chiSquare, dof, pValue: dof > 0 ? chiSquareUpperTail(chiSquare, dof) : 1 };
}

/**
 * Pearson's χ² of `observed` counts against `weights` of any positive scale. No traffic at all gives p = 1.
 *
 * `emptyArms: 'counted'` keeps arms of weight zero in the degrees of freedom, as gbstats does; by default they are left out.
 * Refuses `bad-weights` and `bad-count`.
 */
export function testSrm(
  observed: readonly number[],
  weights: readonly number[],
  emptyArms: 'left-out' | 'counted' = 'left-out',
): SrmTest | Refusal {
  if (!isSplit(weights, observed.length)) {
    return refuse('bad-weights');
  }
  if (!observed.every(isCount)) {
    return refuse('bad-count');
  }
  const total = observed.reduce((sum, count) => sum + count, 0);
  const scale = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = weights.map((weight) => (weight / scale) * total);
  const test = testCounts(observed, expected);
  if (emptyArms === 'left-out') {
    return test;
  }
  const dof = observed.length - 1;
  return { ...test, dof, pValue: dof > 0 ? chiSquareUpperTail(test.chiSquare, dof) : 1 };
}
