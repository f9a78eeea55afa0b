/** The comparison panel's options. */
export const VIEWS = ['comparison', 'split', 'experiments', 'numbers', 'sources', 'facts', 'alerts', 'drift'] as const;
export type View = (typeof VIEWS)[number];

export interface ComparisonOptions {
  /** What is shown of an answer; each view reads frames of one query type. */
  view: View;
  /** Only this metric's rows; empty shows all, in the experiment's order. */
  metric: string;
  /** The checks, worst segment and legend under the table. */
  showChecks: boolean;
}

export const DEFAULT_OPTIONS: ComparisonOptions = { view: 'comparison', metric: '', showChecks: true };
