/** Rules that ask whether a variant is worse than its control *now*: both side by side over a short window, again and again. */
import type { MetricDefinition } from '../../src/contract/experiment';
import { looksPerMonth, pagingLevel } from './budget';
import type { AlertRule } from './file-format';
import type { RuleSettings } from './rule';
import { ask, firesWhen, hundredfold, makeRule } from './rule';
import type { Subject } from './subject';
import { level, METRIC, probability, quoted, VARIANT } from './wording';

export interface RegressionWindow {
  kind: 'regression-15m' | 'regression-1h';
  words: string;
  seconds: number;
  /** How often the rule is evaluated. */
  intervalSeconds: number;
  /** Looks in a row that must agree. */
  for: string;
  /** False pages a month that are accepted of this rule. */
  pagesPerMonth: number;
  severity: 'warning' | 'critical';
  /** Labels trickle in: in 15 minutes there are too few. */
  withGoals: boolean;
  panelId: number;
}

/** The short window sees a crash within minutes; the long one sees smaller harm, and accuracy. */
export const REGRESSION_WINDOWS: readonly RegressionWindow[] = [
  {
    kind: 'regression-15m',
    words: '15 minutes',
    seconds: 900,
    intervalSeconds: 60,
    for: '2m',
    pagesPerMonth: 0.1,
    severity: 'critical',
    withGoals: false,
    panelId: 8,
  },
  {
    kind: 'regression-1h',
    words: 'hour',
    seconds: 3600,
    intervalSeconds: 300,
    for: '5m',
    pagesPerMonth: 0.1,
    severity: 'warning',
    withGoals: true,
    panelId: 1,
  },
];

/** Metrics with an exact test: a mean has none at the levels these rules work at. */
const EXACT: ReadonlySet<string> = new Set(['accuracy', 'error_rate', 'latency_p95_ms']);

/** Null when the experiment has no metric that the window can judge. */
export function regressionRule(settings: RuleSettings, subject: Subject, window: RegressionWindow): AlertRule | null {
  const metrics = metricsOf(subject, window);
  const comparisons = metrics.length * subject.treatments.length;
  if (comparisons === 0) {
    return null;
  }
  const p = pagingLevel({ ...window, comparisons });
  const query = (refId: string, value: string) =>
    ask(settings, refId, window.seconds, {
      queryType: 'experiment',
      experiment: subject.id,
      definition: subject.carried,
      window: 'range',
      method: 'fixed',
      unit: 'requests',
      variants: subject.treatments,
      metrics,
      value,
    });
  const looks = looksPerMonth(window.intervalSeconds).toLocaleString('en-US');
  return makeRule(settings, {
    kind: window.kind,
    experiment: subject.id,
    title: `${subject.name}: a variant is worse now (${window.words})`,
    severity: window.severity,
    for: window.for,
    keepFiringFor: '10m',
    // A variant that answers nobody counts nothing: the short window says so, the long one need not say it again.
    noDataState: window.seconds <= 900 ? 'NoData' : 'KeepLast',
    execErrState: 'KeepLast',
    panel: { dashboard: 'uplift-live-ab', id: window.panelId },
    text: {
      summary:
        `${VARIANT} is worse than ${quoted(subject.control)} now on ${METRIC} in “${quoted(subject.name)}”: ${level('B', 'B100')} against ` +
        `${level('C', 'C100')} over the last ${window.words} (chance alone: p ${probability('A')}).`,
      description:
        `One-sided exact test of harm beyond the margin, variant against control side by side over the last ${window.words}. ` +
        `Pages below p ${p}.`,
      falseAlarms:
        `At most ${window.pagesPerMonth} false pages a month: p below ${p} at each of ${looks} looks × ${comparisons} ` +
        `${comparisons === 1 ? 'comparison' : 'comparisons'}.`,
    },
    data: [
      query('A', 'harm_p'),
      query('B', 'value_variant'),
      query('C', 'value_control'),
      hundredfold('B100', 'B'),
      hundredfold('C100', 'C'),
      firesWhen('lt', p),
    ],
  });
}

function metricsOf({ goals, guardrails }: Subject, { withGoals }: RegressionWindow): MetricDefinition[] {
  const wanted = withGoals ? [...goals, ...guardrails.filter(({ role }) => role !== 'goal')] : guardrails;
  return wanted.filter(({ id }) => EXACT.has(id));
}
