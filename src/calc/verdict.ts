/** The verdict of a comparison and the reasons for it (design §4). */

export const VERDICTS = ['winner', 'loser', 'inconclusive', 'not-enough-data', 'invalid'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The number a verdict is in the numeric format, where words may not be labels (a changed label is a new alert). */
export const VERDICT_CODES: Readonly<Record<Verdict, number>> = {
  inconclusive: 0,
  winner: 1,
  loser: -1,
  'not-enough-data': 2,
  invalid: 3,
};

export const REASON_CODES = [
  // Why the test itself cannot be read: the verdict is `invalid`.
  'srm-failed',
  'broken-data',
  // What withholds a verdict whatever the numbers say.
  'stale',
  'offline',
  // What forbids `winner` only.
  'split-changed',
  'deployment-changed',
  'partial',
  'overlap',
  // Why there is not enough to judge by.
  'no-data',
  'no-start',
  'small-sample',
  'no-answer',
  // What the numbers say.
  'decided-better',
  'decided-worse',
  'not-decided',
  'within-margin',
  'breaks-margin',
  'margin-open',
  // How the numbers were obtained.
  'small-counts',
  'rare-events',
  'rounded-counts',
  'stratified',
  'one-sided-phase',
  'share-slower',
  'bucket-interpolated',
  'variance-from-buckets',
  'precision-low',
  'independent-requests',
  'widened',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** A reason: the code that programs read and the words that people read. */
export interface Reason {
  code: ReasonCode;
  words: string;
}
