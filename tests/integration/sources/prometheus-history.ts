/** Six hours of counters whose true values are known, as OpenMetrics text for `promtool`. */

export const EXPERIMENT = 'checkout "quoted" \\ test';
export const STEP_SECONDS = 30;
export const HOURS = 6;

interface VariantTruth {
  name: string;
  /** Per scrape. */
  requests: number;
  errors: number;
  latencySeconds: number;
  /** Correct ones of the labelled; null: this variant exports no labels. */
  correct: number | null;
}

/** `careful` never fails, so it has no error series at all. */
export const VARIANTS: readonly VariantTruth[] = [
  { name: 'baseline-predictor', requests: 210, errors: 3, latencySeconds: 0.045, correct: 150 },
  { name: 'enhanced-predictor', requests: 90, errors: 1, latencySeconds: 0.062, correct: 70 },
  { name: 'careful', requests: 30, errors: 0, latencySeconds: 0.2, correct: null },
];
const BOUNDS = [0.05, 0.1, 0.5];

/** @param end seconds, a multiple of the step */
export function writeHistory(end: number): string {
  const steps = (HOURS * 3600) / STEP_SECONDS;
  const lines: string[] = [];
  const series = (name: string, labels: Record<string, string>, perStep: number) => {
    const text = Object.entries({ experiment: EXPERIMENT, ...labels })
      .map(([label, value]) => `${label}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
      .join(',');
    for (let step = 0; step <= steps; step++) {
      const time = end - (steps - step) * STEP_SECONDS;
      lines.push(`${name}{${text}} ${String(step * perStep)} ${String(time)}`);
    }
  };
  const family = (name: string, type: string) => lines.push(`# TYPE ${name} ${type}`);

  family('ab_test_requests', 'counter');
  for (const { name, requests, errors } of VARIANTS) {
    series('ab_test_requests_total', { model_name: name, region: 'eu', status: 'success' }, requests - errors);
    if (errors > 0) {
      series('ab_test_requests_total', { model_name: name, region: 'eu', status: 'error' }, errors);
    }
  }
  family('ab_test_response_time_seconds', 'histogram');
  for (const { name, requests, latencySeconds } of VARIANTS) {
    for (const le of [...BOUNDS, Infinity]) {
      const bound = le === Infinity ? '+Inf' : String(le);
      series(
        'ab_test_response_time_seconds_bucket',
        { model_name: name, le: bound },
        latencySeconds <= le ? requests : 0,
      );
    }
    series('ab_test_response_time_seconds_count', { model_name: name }, requests);
    series('ab_test_response_time_seconds_sum', { model_name: name }, requests * latencySeconds);
  }
  family('ab_test_labelled_predictions', 'counter');
  for (const { name, requests, correct } of VARIANTS) {
    if (correct !== null) {
      series('ab_test_labelled_predictions_total', { model_name: name }, requests - 10);
    }
  }
  family('ab_test_correct_predictions', 'counter');
  for (const { name, correct } of VARIANTS) {
    if (correct !== null) {
      series('ab_test_correct_predictions_total', { model_name: name }, correct);
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}
