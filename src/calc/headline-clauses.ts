/** Clauses of a headline: a metric's name and lift as they stand in a sentence, and what is said of the other metrics. */
import { formatInterval, formatLift, formatValue, type NotationUnit } from './notation';
import type { Comparison } from './stats/comparison';
import type { ReasonCode } from './verdict';

/** One comparison with what it takes to read it aloud. */
export interface HeadlineRow {
  variant: string;
  /** `Accuracy, online`: the part before a comma is read, in lower case. */
  label: string;
  unit: NotationUnit;
  /** What is counted, in the plural: `labelled answers`. Default `requests`. */
  counted?: string;
  /** Age of the newest sample behind the row and the limit past which it is stale, where it is. */
  stale?: { ageSeconds: number; limitSeconds: number };
  comparison: Pick<
    Comparison,
    | 'metric'
    | 'verdict'
    | 'reasons'
    | 'absolute'
    | 'relative'
    | 'guardrail'
    | 'progress'
    | 'nControl'
    | 'nVariant'
    | 'refusal'
  >;
}

/** Whether a row's reasons name this one. */
export const has = ({ comparison }: HeadlineRow, code: ReasonCode): boolean =>
  comparison.reasons.some((reason) => reason.code === code);

/** A metric's name as it stands in a sentence. */
export function nameOf({ label }: HeadlineRow): string {
  const name = label.split(',')[0] ?? label;
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** The text with a capital first letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Clauses as one sentence; empty for none. */
export const join = (clauses: readonly string[]): string =>
  clauses.length === 0 ? '' : `${capital(clauses.join('; '))}.`;

/** Money is read as a relative change, everything else on its own scale. */
function scaleOf({ unit, comparison }: HeadlineRow): 'absolute' | 'relative' {
  const isMoney = unit !== 'fraction' && unit !== 'ms' && unit !== 'plain';
  return isMoney && comparison.relative !== null ? 'relative' : 'absolute';
}

/** A row's lift and its interval, in the product's notation. */
export function liftOf(row: HeadlineRow): { lift: string; interval: string } {
  const scale = scaleOf(row);
  const shown = scale === 'relative' ? row.comparison.relative : row.comparison.absolute;
  return {
    lift: formatLift(shown?.estimate, shown?.fixed, row.unit, scale),
    interval: formatInterval(shown?.fixed, row.unit, { scale }),
  };
}

/** `accuracy +3.6 pp, 95 % interval 2.9…4.3`. */
export function sentenceOf(row: HeadlineRow, alpha: number): string {
  const { lift, interval } = liftOf(row);
  const level = formatValue(1 - alpha, 'fraction', Number.isInteger(Math.round(alpha * 1e6) / 1e4) ? 0 : 1);
  return `${nameOf(row)} ${lift}, ${level} interval ${interval}`;
}

/** What there is to say of the variant's other metrics: guardrails first. */
export function openOf(rows: readonly HeadlineRow[], told: HeadlineRow | undefined): string[] {
  const others = rows.filter((row) => row !== told);
  const guardrails = others.filter(({ comparison }) => comparison.metric.role === 'guardrail');
  const rest = others.filter(({ comparison }) => comparison.metric.role !== 'guardrail');
  return [
    ...guardrailClauses(guardrails),
    ...rest.flatMap((row) => {
      switch (row.comparison.verdict) {
        case 'winner':
          return [`${nameOf(row)} wins, too`];
        case 'loser':
          return [`${nameOf(row)} is worse`];
        case 'inconclusive':
        case 'not-enough-data':
          return row.comparison.absolute === null ? [] : [`${nameOf(row)} is not decided yet`];
        case 'invalid':
          return [];
      }
    }),
  ];
}

/** What the guardrails do, in as few words as possible. */
export function guardrailClauses(guardrails: readonly HeadlineRow[]): string[] {
  const withMargin = guardrails.filter(({ comparison }) => comparison.guardrail !== null);
  const holding = withMargin.filter(({ comparison }) => comparison.guardrail?.status === 'holds');
  const silent = guardrails.filter(({ comparison }) => comparison.absolute === null);
  const clauses = withMargin.flatMap((row) => {
    switch (row.comparison.guardrail?.status) {
      case 'broken':
        return [`${nameOf(row)} breaks its margin`];
      case 'open':
        return [`${nameOf(row)} is not yet shown to be within its margin`];
      case 'holds':
      case undefined:
        return [];
    }
  });
  const missing = silent.map((row) => `${nameOf(row)} has no answer`);
  if (holding.length === withMargin.length && holding.length > 0) {
    const count = holding.length;
    const all =
      count === 1 ? 'the guardrail holds' : count === 2 ? 'both guardrails hold' : `all ${count} guardrails hold`;
    return [silent.length > 0 ? holding.map(nameOf).join(' and ') + ' within margin' : all, ...missing];
  }
  return [...clauses, ...missing];
}

/** The muted clause: everything but the metric already told. */
export const asideOf = (rows: readonly HeadlineRow[], told: HeadlineRow): string => join(openOf(rows, told));
