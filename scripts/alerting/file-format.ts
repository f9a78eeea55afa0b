/** Grafana's file format of provisioned alert rules, as far as ours use it (pkg/services/provisioning/alerting). */

/** Grafana's expression nodes that our rules use: a threshold as the condition, a product for words in percentage points. */
export type Expression =
  | {
      refId: string;
      type: 'threshold';
      expression: string;
      conditions: Array<{ evaluator: { type: 'gt' | 'lt' | 'within_range'; params: number[] } }>;
    }
  | { refId: string; type: 'math'; expression: string };

/** A query of the data source, as the query editor writes it. */
export interface QueryModel {
  refId: string;
  datasource: { type: string; uid: string };
  queryType: string;
  format: 'numeric';
  intervalMs: number;
  maxDataPoints: number;
  [field: string]: unknown;
}

export interface RuleQuery {
  refId: string;
  queryType?: string;
  datasourceUid: string;
  /** Seconds before the evaluation. */
  relativeTimeRange: { from: number; to: number };
  model: QueryModel | Expression;
}

export interface AlertRule {
  uid: string;
  title: string;
  condition: string;
  for: string;
  keepFiringFor?: string;
  noDataState: 'NoData' | 'Alerting' | 'OK' | 'KeepLast';
  execErrState: 'Error' | 'Alerting' | 'OK' | 'KeepLast';
  dashboardUid: string;
  panelId: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  isPaused: boolean;
  data: RuleQuery[];
}

export interface RuleGroup {
  orgId: number;
  name: string;
  folder: string;
  /** A duration: how often its rules are evaluated. */
  interval: string;
  rules: AlertRule[];
}

export interface RuleFile {
  apiVersion: 1;
  groups: RuleGroup[];
}

/** The uid Grafana gives its own expressions. */
export const EXPRESSIONS = '__expr__';
