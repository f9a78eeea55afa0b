/** Rules that speak of the whole test, cumulative from its start, and stay true however often they look. */
import type { AlertRule } from './file-format';
import type { RuleParts, RuleSettings } from './rule';
import { ask, firesWhen, hundredfold, makeRule } from './rule';
import type { Subject } from './subject';
import { difference, METRIC, probability, quoted, VARIANT } from './wording';

const COMPARISON = { dashboard: 'uplift-live-ab', id: 1 };
const SPLIT = { dashboard: 'uplift-live-ab', id: 5 };
/** Decisions count from the start whatever the range; it only has to be one. */
const ANY_RANGE_SECONDS = 3600;
const SRM_THRESHOLD = 0.001;

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** A decided test stays decided while a store is away: another rule speaks of the store. */
const CALM = { noDataState: 'KeepLast', execErrState: 'KeepLast', for: '5m' } as const;

export function decisionRules(settings: RuleSettings, subject: Subject): AlertRule[] {
  const { id, name, goals, guardrails, treatments } = subject;
  const query = (refId: string, value: string, metrics: readonly unknown[]) =>
    ask(settings, refId, ANY_RANGE_SECONDS, {
      queryType: 'experiment',
      experiment: id,
      definition: subject.carried,
      window: 'experiment',
      method: 'sequential',
      variants: treatments,
      metrics,
      value,
    });
  const verdictRule = (kind: 'wins' | 'loses', code: 1 | -1): RuleParts => ({
    ...CALM,
    kind,
    experiment: id,
    title: `${name}: a variant ${kind}`,
    severity: kind === 'wins' ? 'info' : 'warning',
    panel: COMPARISON,
    text: {
      summary:
        `${VARIANT} ${kind} against ${quoted(subject.control)} on ${METRIC} in “${quoted(name)}”: ${difference('B', 'B100')}, ` +
        `interval ${difference('C', 'C100')} to ${difference('D', 'D100')}, valid at every look.`,
      description:
        `Decided by the sequential test at ${percent(subject.alpha)}, cumulative from the start, with a sound split and no ` +
        `undeclared change. ${kind === 'wins' ? 'Check the guardrails and the impact, then roll out.' : 'Stop the variant, or find out why.'}`,
      falseAlarms: `In at most ${percent(subject.alpha)} of tests without any difference, over their whole life and both directions.`,
    },
    data: [
      query('A', 'verdict', goals),
      query('B', 'lift_abs', goals),
      query('C', 'seq_ci_low', goals),
      query('D', 'seq_ci_high', goals),
      ...['B', 'C', 'D'].map((refId) => hundredfold(`${refId}100`, refId)),
      firesWhen('within_range', code - 0.5, code + 0.5),
    ],
  });
  const guardrail: RuleParts = {
    ...CALM,
    kind: 'guardrail',
    experiment: id,
    title: `${name}: a guardrail is broken`,
    severity: 'critical',
    panel: COMPARISON,
    text: {
      summary:
        `${VARIANT} is worse than ${quoted(subject.control)} on ${METRIC} in “${quoted(name)}” by ${difference('B', 'B100')}: ` +
        `surely ${difference('A', 'A100')} beyond the margin.`,
      description: `Even the favourable end of the one-sided sequential bound at ${percent(subject.alpha)} lies beyond the margin: ${marginsOf(subject)}.`,
      falseAlarms: `In at most ${percent(subject.alpha)} of tests a metric whose true difference is at its margin, over their whole life; far fewer where there is none.`,
    },
    data: [
      query('A', 'margin_excess', guardrails),
      query('B', 'lift_abs', guardrails),
      hundredfold('A100', 'A'),
      hundredfold('B100', 'B'),
      firesWhen('gt', 0),
    ],
  };
  const srm: RuleParts = {
    ...CALM,
    kind: 'srm',
    experiment: id,
    title: `${name}: the traffic does not follow its split`,
    severity: 'critical',
    labels: { variant: 'all', metric: 'srm' },
    panel: SPLIT,
    text: {
      summary: `The traffic of “${quoted(name)}” does not follow the planned split (${quoted(subject.split ?? 'none')}): p ${probability('A')}, so no verdict counts.`,
      description: `Sequential test of the counts of requests, phase by phase, below ${SRM_THRESHOLD} at every look since the start.`,
      falseAlarms: `In at most ${percent(SRM_THRESHOLD)} of sound tests, over their whole life.`,
    },
    data: [query('A', 'srm_p', goals), firesWhen('lt', SRM_THRESHOLD)],
  };
  const wanted = [
    ...(goals.length > 0 ? [verdictRule('wins', 1), verdictRule('loses', -1)] : []),
    ...(guardrails.length > 0 ? [guardrail] : []),
    ...(subject.isAssignedByRequest && subject.split !== null ? [srm] : []),
  ];
  return wanted.map((parts) => makeRule(settings, parts));
}

function marginsOf({ guardrails }: Subject): string {
  return guardrails
    .map(
      ({ id, margin = 0 }) =>
        `${id} ${id.endsWith('_ms') ? `${margin} ms` : `${Number((100 * margin).toPrecision(3))} pp`}`,
    )
    .join(', ');
}
