/** Answers as the backend gives them, for tests of the reports. */
import type { DataFrame, Field, Notice } from '../../pkg/sdk/frame';
import type { QueryAnswer } from '../../pkg/sdk/client';
import type { FrameMeta } from './frames';

export const NOW = Date.UTC(2026, 2, 15, 12);
const DAY_MS = 86_400_000;
export const START = NOW - 14 * DAY_MS;

type Cell = number | string | null;

const fieldOf = (name: string, values: Cell[]): Field =>
  values.some((value) => typeof value === 'string')
    ? { name, type: 'string', values: values.map((value) => (typeof value === 'string' ? value : null)) }
    : { name, type: 'number', values: values.map((value) => (typeof value === 'number' ? value : null)) };

function frameOf(
  name: string,
  rows: Array<Record<string, Cell>>,
  meta: Partial<FrameMeta> = {},
  notices: Notice[] = [],
): DataFrame {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    name,
    fields: names.map((field) =>
      fieldOf(
        field,
        rows.map((row) => row[field] ?? null),
      ),
    ),
    meta: { notices, custom: { uplift: { provenance: PROVENANCE, ...meta, frame: name } } },
  };
}

const PROVENANCE: FrameMeta['provenance'] = {
  level: 'live',
  answeredAt: NOW,
  sources: [
    { source: 'mlflow', state: 'ok', endpoint: 'primary', asOf: NOW - DAY_MS },
    { source: 'prometheus', state: 'down', endpoint: 'backup-1', asOf: null, reason: 'Prometheus | did not answer' },
  ],
};

export const answer = (...frames: DataFrame[]): QueryAnswer => ({
  status: 200,
  frames,
  error: null,
  errorSource: null,
});
export const failure = (error: string): QueryAnswer => ({ status: 502, frames: [], error, errorSource: 'downstream' });

export const EXPERIMENT: NonNullable<FrameMeta['experiment']> = {
  id: 'checkout',
  name: 'Checkout',
  owner: 'ranking-team',
  control: 'baseline',
  variants: [
    { name: 'baseline', role: 'control' },
    { name: 'enhanced', role: 'treatment' },
    { name: 'mirror', role: 'shadow' },
  ],
  metrics: [
    { id: 'accuracy', label: 'Accuracy', unit: 'fraction', role: 'goal', direction: 'higher' },
    { id: 'error_rate', label: 'Error rate', unit: 'fraction', role: 'guardrail', direction: 'lower', margin: 0.002 },
  ],
  timeZone: 'UTC',
  plannedTotal: 1_000_000,
  alpha: 0.05,
};

export const comparison = (given: Record<string, Cell> = {}): Record<string, Cell> => ({
  metric: 'accuracy',
  variant: 'enhanced',
  control: 'baseline',
  n_control: 78_232,
  n_variant: 28_391,
  value_control: 0.781,
  value_variant: 0.813,
  lift_abs: 0.032,
  ci_low: 0.027,
  ci_high: 0.038,
  seq_ci_low: 0.022,
  seq_ci_high: 0.043,
  chance_to_win: 0.9999,
  verdict: 'winner',
  guardrail: null,
  window_start: START,
  window_end: NOW,
  source: 'prometheus',
  state: 'measured',
  unit: 'requests',
  reasons: 'decided-better: better than the control',
  ...given,
});

export const test = (rows = [comparison()], experiment = EXPERIMENT) =>
  answer(
    frameOf('comparisons', rows, {
      experiment,
      headline: { subject: 'enhanced wins:', text: 'accuracy +3.2 pp', aside: 'Guardrails hold.' },
    }),
    frameOf('checks', [
      { check: 'coverage', status: 'ok', p_value: null, message: 'Coverage 98 %' },
      { check: 'srm', status: 'failed', p_value: 0.00001, message: 'SRM failed' },
    ]),
  );

export const replay = (decidedAt: number | null = START + 5.5 * DAY_MS, counted = 40, variant = 'enhanced') =>
  answer(
    frameOf(
      'replay',
      Array.from({ length: 40 }, (_, index) => ({
        time: START + ((index + 1) * 14 * DAY_MS) / 40,
        lift_abs: index < counted ? 0.03 : null,
        ci_low: 0.02,
        ci_high: 0.04,
        seq_ci_low: 0.01,
        seq_ci_high: 0.05,
        seq_p: 0.01,
      })),
      {
        experiment: EXPERIMENT,
        replay: {
          metric: { label: 'Accuracy', unit: 'fraction' },
          variant,
          decidedAt,
          marks: [{ at: START + 3 * DAY_MS, label: 'split 90/10 → 70/30' }],
        },
      },
    ),
  );

/** @param latency what latency adds to net a year: negative is a cost */
export const impact = (given: Record<string, Cell> = {}, preliminary: string[] = [], latency = -28_930) =>
  answer(
    frameOf(
      'impact',
      [
        {
          annual_revenue_increase: 672_450.123,
          annual_cost_increase: 28_930,
          annual_risk_reduction: 42_180,
          net_annual_value: 685_700.456,
          net_low: 250_000,
          net_high: 1_100_000,
          p_roi_positive: 0.96,
          roi_percentage: 1194.04,
          roi_low: -98,
          roi_high: 2700,
          payback_days: 28.21,
          payback_low: 12,
          payback_high: null,
          requests_per_day: 47_892,
          extrapolated_from_days: 14,
          currency: 'USD',
          data_source: 'REAL_PRODUCTION_DATA',
          state: 'result',
          ...given,
        },
      ],
      {
        impact: {
          variant: 'enhanced',
          control: 'baseline',
          input: {
            parameters: { baseVolume: 10_000_000, revenueMultiplier: 0.005, infrastructure: 53_000, currency: 'USD' },
          },
          impact: {
            alpha: 0.05,
            includesMultiplier: true,
            breakEvenMultiplier: 0.0012,
            terms: [
              { name: 'revenue', annual: 672_450.12, low: 300_000, high: 1_100_000 },
              { name: 'latency', annual: latency, low: latency - 2000, high: latency + 2000 },
              { name: 'risk', annual: 42_180, low: -5000, high: 90_000 },
              { name: 'serving', annual: 0, low: 0, high: 0 },
            ],
            preliminary: preliminary.map((message) => ({ message })),
          },
        },
      },
      [{ severity: 'warning', text: 'Net hangs on one term.' }],
    ),
    frameOf('recommendations', [
      { action: 'deploy', title: 'Roll out enhanced', why: 'It pays back.', confidence: 'high' },
    ]),
  );

export const overview = (given: Record<string, Cell> = {}) =>
  answer(
    frameOf('overview', [
      {
        data_source: 'REAL_PRODUCTION_DATA',
        active_experiments: 3,
        baseline_accuracy: 78.2,
        enhanced_accuracy: 81.8,
        total_requests_24h: 47_892,
        avg_response_time_ms: 58.3,
        error_rate: 0.08,
        net_business_value: 4.2,
        ...given,
      },
    ]),
    frameOf('experiments', [
      { experiment: 'old', status: 'ended' },
      { experiment: 'checkout', status: 'active' },
    ]),
  );
