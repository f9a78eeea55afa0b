/** The verdict of a comparison and the reasons for it (design §4). */
import { describeRefusal, type Refusal } from './stats/refusal';

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
  'estimated',
  'simulated',
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

/** What each reason says where the case itself has nothing more precise to say. */
const WORDS: Readonly<Record<ReasonCode, string>> = {
  'srm-failed': 'the traffic does not follow the planned split, so the variants saw different users',
  'broken-data': 'the data behind this test are broken',
  stale: 'the newest data are too old for a verdict',
  estimated: 'another source or an earlier answer stands in for live counts',
  simulated: 'the figures are simulated, because no source answered',
  offline: 'measured on a test set, not in randomised traffic: no A/B verdict',
  'split-changed': 'the traffic split changed without being declared',
  'deployment-changed': 'a variant was redeployed during the test',
  partial: 'part of the test window is missing',
  overlap: 'another active test shares this traffic',
  'no-data': 'no observations yet',
  'no-start': 'the start of the test is unknown, so this is a description, not a decision',
  'small-sample': 'too few observations for a verdict',
  'no-answer': 'these data do not allow a test',
  'decided-better': 'better than the control, beyond what chance explains',
  'decided-worse': 'worse than the control, beyond what chance explains',
  'not-decided': 'the difference could still be chance',
  'within-margin': 'worse by more than the margin is ruled out',
  'breaks-margin': 'worse than the control by more than the margin',
  'margin-open': 'worse by more than the margin is neither shown nor ruled out',
  'small-counts': 'few events: exact methods for small counts',
  'rare-events': 'too few events for a relative interval at every look',
  'rounded-counts': 'counts were extrapolated by the store and are rounded',
  stratified: 'compared within each phase of the split, then averaged',
  'one-sided-phase': 'a phase in which only one variant had traffic is left out',
  'share-slower': 'decided by the share of requests slower than a bucket boundary, which is exact',
  'bucket-interpolated': 'the quantile is interpolated within a histogram bucket and can be off by its width',
  'variance-from-buckets': 'the variance is approximated from histogram buckets',
  'precision-low': 'the sums are so large that the variance has lost digits',
  'independent-requests': 'assumes independent requests',
  widened: 'intervals are widened by the A/A calibration',
};

/** A reason in its usual words, or in more precise ones. */
export const reason = (code: ReasonCode, words: string = WORDS[code]): Reason => ({ code, words });

/** What a verdict is made from. */
export interface Evidence {
  direction: 'higher' | 'lower';
  /** A guardrail that is worse within its margin does not lose. */
  isGuardrail: boolean;
  /** The interval of variant − control that decides; null when there is no answer. */
  decisive: { low: number; high: number } | null;
  guardrail: 'holds' | 'broken' | 'open' | null;
  /** Why there is no answer; null when there is one. */
  refusal: Refusal | null;
  isAnchored: boolean;
  isRandomised: boolean;
  /** Whether both arms have the minimum sample. */
  hasEnough: boolean;
  /** What other checks found against the test. */
  blocks: readonly ReasonCode[];
  /** How the numbers were obtained. */
  notes: readonly ReasonCode[];
}

const INVALIDATING: readonly ReasonCode[] = ['srm-failed', 'broken-data'];
const WITHHOLDING: readonly ReasonCode[] = ['simulated', 'estimated', 'stale', 'no-data'];

/**
 * The verdict and its reasons, the deciding one first. In this order: a broken test is invalid; without an answer, a start or
 * enough observations there is not enough data; offline or stale figures decide nothing; a broken margin loses; then the
 * interval speaks, and other findings (a changed split, missing data) forbid only to win.
 */
export function decide(evidence: Evidence): { verdict: Verdict; reasons: Reason[] } {
  const [verdict, deciding] = judge(evidence);
  const reasons = [...deciding];
  for (const code of [...evidence.blocks, ...evidence.notes]) {
    if (!reasons.some((given) => given.code === code)) {
      reasons.push(reason(code));
    }
  }
  return { verdict, reasons };
}

function judge(evidence: Evidence): [Verdict, Reason[]] {
  const { blocks, refusal, decisive } = evidence;
  const invalid = blocks.find((code) => INVALIDATING.includes(code));
  if (invalid !== undefined) {
    return ['invalid', [reason(invalid)]];
  }
  if (refusal !== null || decisive === null) {
    const isEmpty = refusal === null || refusal.refused === 'no-data';
    return ['not-enough-data', [isEmpty ? reason('no-data') : reason('no-answer', describeRefusal(refusal))]];
  }
  const finding = findingOf(evidence, decisive);
  if (!evidence.hasEnough) {
    return ['not-enough-data', [reason('small-sample'), ...marginReasons(evidence)]];
  }
  if (!evidence.isRandomised) {
    const outcome = { better: 'better', worse: 'worse', open: 'not decided' }[finding];
    return ['inconclusive', [reason('offline', `${outcome} on the test set; not randomised, so no A/B verdict`)]];
  }
  if (!evidence.isAnchored) {
    return ['not-enough-data', [reason('no-start'), ...marginReasons(evidence)]];
  }
  const withheld = blocks.find((code) => WITHHOLDING.includes(code));
  if (withheld !== undefined) {
    return ['inconclusive', [reason(withheld), ...marginReasons(evidence)]];
  }
  return judgeFinding(evidence, finding);
}

function judgeFinding(evidence: Evidence, finding: Finding): [Verdict, Reason[]] {
  const margin = marginReasons(evidence);
  if (evidence.guardrail === 'broken') {
    return ['loser', margin];
  }
  switch (finding) {
    case 'better': {
      const [block] = evidence.blocks;
      return block === undefined
        ? ['winner', [reason('decided-better'), ...margin]]
        : ['inconclusive', [reason(block), reason('decided-better'), ...margin]];
    }
    case 'worse':
      return evidence.isGuardrail && evidence.guardrail !== null
        ? ['inconclusive', [...margin, reason('decided-worse')]]
        : ['loser', [reason('decided-worse'), ...margin]];
    case 'open':
      return ['inconclusive', [reason('not-decided'), ...margin]];
  }
}

type Finding = 'better' | 'worse' | 'open';

function findingOf({ direction }: Evidence, { low, high }: { low: number; high: number }): Finding {
  if (low <= 0 && high >= 0) {
    return 'open';
  }
  return low > 0 === (direction === 'higher') ? 'better' : 'worse';
}

function marginReasons({ guardrail }: Evidence): Reason[] {
  switch (guardrail) {
    case null:
      return [];
    case 'holds':
      return [reason('within-margin')];
    case 'broken':
      return [reason('breaks-margin')];
    case 'open':
      return [reason('margin-open')];
  }
}
