/** The parts every rule is put together from. */
import { createHash } from 'node:crypto';
import type { AlertRule, Expression, RuleQuery } from './file-format';
import { EXPRESSIONS } from './file-format';

export interface RuleSettings {
  /** Uid of the data source, as provisioned. */
  datasource: string;
  /** Where Grafana is reached, for links in notifications; without a slash at the end. */
  grafanaUrl: string;
  /** Rules of examples: Grafana lists them, and asks nothing. */
  isPaused?: boolean;
}

const DATASOURCE_TYPE = 'modelops-uplift-datasource';

/** One numeric query of the data source over the last `seconds`. */
export function ask(
  { datasource }: RuleSettings,
  refId: string,
  seconds: number,
  fields: { queryType: string } & Record<string, unknown>,
): RuleQuery {
  return {
    refId,
    queryType: fields.queryType,
    datasourceUid: datasource,
    relativeTimeRange: { from: seconds, to: 0 },
    model: {
      refId,
      datasource: { type: DATASOURCE_TYPE, uid: datasource },
      format: 'numeric',
      intervalMs: 60_000,
      maxDataPoints: 100,
      ...fields,
    },
  };
}

const expression = (model: Expression): RuleQuery => ({
  refId: model.refId,
  datasourceUid: EXPRESSIONS,
  relativeTimeRange: { from: 0, to: 0 },
  model,
});

/** The condition of every rule: a threshold on query A. */
const FIRES = 'fires';
export const firesWhen = (type: 'gt' | 'lt' | 'within_range', ...params: number[]): RuleQuery =>
  expression({ refId: FIRES, type: 'threshold', expression: 'A', conditions: [{ evaluator: { type, params } }] });

/** A query's number times 100, which templates cannot compute. */
export const hundredfold = (refId: string, of: string): RuleQuery =>
  expression({ refId, type: 'math', expression: `$${of} * 100` });

export interface RuleText {
  summary: string;
  description: string;
  /** How often it pages for nothing, in words. */
  falseAlarms: string;
}

export interface RuleParts {
  /** What the rule watches, e.g. `regression-15m`: part of its uid, and its heading among the runbooks. */
  kind: string;
  /** Experiment id, or `all`. */
  experiment: string;
  title: string;
  severity: 'info' | 'warning' | 'critical';
  /** Labels that the rule's frames do not carry themselves. */
  labels?: Record<string, string>;
  for: string;
  keepFiringFor?: string;
  noDataState: AlertRule['noDataState'];
  execErrState: AlertRule['execErrState'];
  panel: { dashboard: string; id: number };
  text: RuleText;
  data: RuleQuery[];
}

/** Grafana expands variables of the environment in titles, names and labels: a dollar sign of ours is doubled. */
export const unexpanded = (text: string): string => text.replaceAll('$', '$$$$');

const LONGEST_UID = 40;

/** Grafana takes 40 letters, digits, hyphens and underscores; longer names end in a digest of the whole. */
export function ruleUid(kind: string, experiment: string): string {
  const uid = `uplift-${kind}-${experiment}`.replace(/[^A-Za-z0-9_-]/g, '-');
  if (uid.length <= LONGEST_UID && uid.endsWith(experiment)) {
    return uid;
  }
  const digest = createHash('sha256').update(`${kind} ${experiment}`).digest('hex').slice(0, 8);
  return `${uid.slice(0, LONGEST_UID - digest.length - 1)}-${digest}`;
}

/** A rule as the file holds it. */
export function makeRule({ grafanaUrl, isPaused = false }: RuleSettings, parts: RuleParts): AlertRule {
  const { kind, experiment, panel, text } = parts;
  return {
    uid: ruleUid(kind, experiment),
    title: unexpanded(parts.title),
    condition: FIRES,
    for: parts.for,
    ...(parts.keepFiringFor !== undefined && { keepFiringFor: parts.keepFiringFor }),
    noDataState: parts.noDataState,
    execErrState: parts.execErrState,
    dashboardUid: panel.dashboard,
    panelId: panel.id,
    labels: {
      severity: parts.severity,
      ...Object.fromEntries(Object.entries(parts.labels ?? {}).map(([name, value]) => [name, unexpanded(value)])),
    },
    annotations: {
      summary: text.summary,
      description: text.description,
      false_alarms: text.falseAlarms,
      runbook_url: `${grafanaUrl}/public/plugins/modelops-uplift-app/docs/alerts.html#${kind}`,
      __dashboardUid__: panel.dashboard,
      __panelId__: String(panel.id),
    },
    isPaused,
    data: parts.data,
  };
}
