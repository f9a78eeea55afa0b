/** A comparison's numbers in words: every text a row, its tooltip and a screen reader need. */
import { formatInterval, formatLift, formatProbability, formatValue, MISSING } from '../../calc/notation';
import type { MetricMeta } from '../../contract/frames';
import type { ComparisonRow } from './answer';
import { chipOf, insteadOfChip, isMissing } from './chip';

const ROLE_WORDS: Record<MetricMeta['role'], string> = {
  goal: 'primary',
  guardrail: 'guardrail',
  secondary: 'secondary',
};

/** `primary · higher is better`. */
export function metricSubtitle(metric: MetricMeta): string {
  return `${ROLE_WORDS[metric.role]} · ${metric.direction} is better`;
}

export interface RowWords {
  /** Before estimated or simulated numbers, else empty. */
  mark: '' | '≈\u00a0';
  valueControl: string;
  valueVariant: string;
  lift: string;
  interval: string;
  /** Why there is no lift; null when there is one. */
  withheld: string | null;
  chance: string;
  /** What the chance is of; empty without one. */
  chanceOf: '' | 'to win' | 'within margin';
  /** `+0.20 pp`: the margin as the difference it allows, in natural sign. */
  margin: string | null;
}

/** Why a row shows no lift. */
function withheldWords(row: ComparisonRow): string | null {
  if (row.verdict === 'invalid') {
    return 'not compared';
  }
  if (isMissing(row) || row.lift === null) {
    return row.reasons[0]?.words ?? 'no samples in the test window';
  }
  return null;
}

/** The margin in natural sign: +40 ms for a latency that may rise, −0.50 pp for an accuracy that may fall. */
function marginWords(row: ComparisonRow): string | null {
  const { margin, direction, unit } = row.metric;
  if (margin === undefined) {
    return null;
  }
  const signed = direction === 'lower' ? margin : -margin;
  // It was chosen, not measured: 40 ms, where the interval has 40.0.
  return formatLift(signed, row.fixed, unit).replace(/\.0+(?=\u00a0|$)/, '');
}

/** A guardrail's chance is that it holds, any other's that the variant is better; none where no verdict may be read. */
function chanceWords(row: ComparisonRow): Pick<RowWords, 'chance' | 'chanceOf'> {
  const isReadable = withheldWords(row) === null && insteadOfChip(row) === null;
  const isOffline = row.reasons.some(({ code }) => code === 'offline');
  const isGuardrail = row.metric.margin !== undefined && row.chanceWithinMargin !== null;
  const chance = isGuardrail ? row.chanceWithinMargin : row.chanceToWin;
  if (!isReadable || isOffline || chance === null) {
    return { chance: MISSING, chanceOf: '' };
  }
  return { chance: formatProbability(chance), chanceOf: isGuardrail ? 'within margin' : 'to win' };
}

export function wordsOf(row: ComparisonRow): RowWords {
  const { unit } = row.metric;
  const withheld = withheldWords(row);
  return {
    mark: row.state === 'estimated' || row.state === 'simulated' ? '≈\u00a0' : '',
    valueControl: formatValue(row.valueControl, unit, row.decimals),
    valueVariant: formatValue(row.valueVariant, unit, row.decimals),
    lift: withheld === null ? formatLift(row.lift, row.fixed, unit) : MISSING,
    interval: withheld === null && row.fixed !== null ? formatInterval(row.fixed, unit) : '',
    withheld,
    ...chanceWords(row),
    margin: marginWords(row),
  };
}

/** The row as one sentence, for screen readers and as the bar's description. */
export function rowSentence(row: ComparisonRow): string {
  const words = wordsOf(row);
  const values = `${row.control} ${words.mark}${words.valueControl}, ${row.variant} ${words.mark}${words.valueVariant}`;
  const verdict = insteadOfChip(row) ?? chipOf(row).word;
  if (words.withheld !== null) {
    return `${row.metric.label}: ${values}; ${words.withheld}; ${verdict}`;
  }
  const interval = words.interval === '' ? '' : `, interval ${words.interval}`;
  const margin = words.margin === null ? '' : `, margin ${words.margin}`;
  return `${row.metric.label}: ${values}; lift ${words.lift}${interval}${margin}; ${verdict}`;
}
