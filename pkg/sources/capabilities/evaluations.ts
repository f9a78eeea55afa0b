/** Offline metrics of the served models. */
/** Metrics of the run behind one variant, on its test set: offline, not randomised (design §5). */
export interface Evaluation {
  variant: string;
  runId: string;
  /** How the run was chosen: the registry's served version, or merely the latest. */
  chosen: 'served' | 'latest';
  /** Epoch ms the run ended (or started, while running). */
  asOf: number;
  /** Finished runs of this variant. */
  runs: number;
  /** Fractions; null when the run has no usable value. */
  accuracy: number | null;
  precision: number | null;
  recall: number | null;
  /** Rows in the test set; null when unknown (a share without a row count). */
  testRows: number | null;
  /** Mean and standard deviation over the variant's finished runs, for unit `runs`. */
  overRuns: { n: number; mean: number; sd: number } | null;
}

export interface Evaluations {
  experimentId: string;
  variants: Evaluation[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}
