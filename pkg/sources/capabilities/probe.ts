/** Is the store there? */
/** What a connection test found (design §3.6). Failures are thrown as `FailureError`. */
export interface Probe {
  version: string | null;
  latencyMs: number;
  /** Epoch ms of the newest sample; null when the store holds none. */
  newestSample: number | null;
  /** What was found, in words: `3 experiments, 41 runs`. */
  found: string;
  /** E.g. `the user can write`. */
  warnings: string[];
  /** `primary`, `backup-1`, … */
  endpoint: string;
}
