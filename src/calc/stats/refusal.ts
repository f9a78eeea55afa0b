/**
 * Refusals: why a number is not given. They are values, part of a function's answer; a refused test has no p-value, no
 * interval and no NaN that could be mistaken for one.
 */

export type RefusalCode =
  | 'no-data'
  | 'zero-control'
  | 'zero-variance'
  | 'zero-denominator'
  | 'sample-too-small'
  | 'quantile-in-inf-bucket'
  | 'buckets-differ'
  | 'bad-buckets'
  | 'bad-count'
  | 'events-exceed-trials'
  | 'not-finite'
  | 'precision-lost'
  | 'bad-alpha'
  | 'bad-weights'
  | 'bad-parameter'
  | 'kinds-differ';

export interface Refusal {
  refused: RefusalCode;
  /** The input at fault, e.g. `control.n`; absent when the data as a whole do not allow an answer. */
  field?: string;
}

/** Makes a refusal; `field` names the input at fault. */
export function refuse(refused: RefusalCode, field?: string): Refusal {
  return field === undefined ? { refused } : { refused, field };
}

/** An error rate below it is none that anyone tests at, and quantiles of few degrees of freedom overflow there. */
const LEAST_ALPHA = 1e-100;

/** Why alpha can be no error rate below `limit`: `bad-alpha`; null when it can. */
export const refuseAlpha = (alpha: number, limit: 0.5 | 1): Refusal | null =>
  alpha >= LEAST_ALPHA && alpha < limit ? null : refuse('bad-alpha', 'alpha');

/** An answer, unless a number in it overflowed: then `not-finite`. */
export function requireFinite<Answer extends object>(answer: Answer): Answer | Refusal {
  const numbers = Object.values(answer).filter((value) => typeof value === 'number');
  return numbers.every(Number.isFinite) ? answer : refuse('not-finite');
}

/** Whether an answer is a refusal. */
export function isRefusal(answer: object): answer is Refusal {
  return 'refused' in answer;
}

/** A refusal in words a product manager reads. */
export function describeRefusal({ refused, field }: Refusal): string {
  const where = field === undefined ? '' : ` (${field})`;
  switch (refused) {
    case 'no-data':
      return 'no observations yet';
    case 'zero-control':
      return 'the control is zero, so there is no relative change';
    case 'zero-variance':
      return 'every observation is the same, so chance cannot be judged';
    case 'zero-denominator':
      return `the denominator is zero${where}`;
    case 'sample-too-small':
      return 'too few observations for this calculation';
    case 'quantile-in-inf-bucket':
      return 'the quantile lies above the last finite histogram bucket';
    case 'buckets-differ':
      return 'the two variants have different histogram buckets';
    case 'bad-buckets':
      return `the histogram buckets are not cumulative counts up to +Inf${where}`;
    case 'bad-count':
      return `a count is negative or no number${where}`;
    case 'events-exceed-trials':
      return `there are more events than observations${where}`;
    case 'not-finite':
      return `a sum is not a finite number${where}`;
    case 'precision-lost':
      return 'the values are so large against their spread that the sum of squares has lost it; centre the sums';
    case 'bad-alpha':
      return 'alpha must lie between 0 and 0.5';
    case 'bad-weights':
      return 'the expected split must be positive shares, one for each variant';
    case 'bad-parameter':
      return `a parameter is out of range${where}`;
    case 'kinds-differ':
      return 'the two variants carry different kinds of statistics';
  }
}
