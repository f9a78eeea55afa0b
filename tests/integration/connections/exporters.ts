/**
 * What each serving system exports, as its documentation and published samples show it: metric names, labels and units,
 * with counts that are known. Two variants of one experiment; what else such an exporter counts beside them lies there too.
 */
import type { PresetName } from '../../../src/contract/presets';

export const EXPERIMENT = 'checkout';

export interface Truth {
  /** A step. */
  requests: number;
  errors: number;
  latencySeconds: number;
}

export const TRUTH = {
  control: { requests: 210, errors: 3, latencySeconds: 0.045 },
  treatment: { requests: 90, errors: 9, latencySeconds: 0.062 },
} as const satisfies Record<string, Truth>;
export type Arm = keyof typeof TRUTH;

type Labels = Record<string, string>;

/** One series: its name, its labels, and by how much it grows a step. */
export interface Growing {
  name: string;
  labels: Labels;
  perStep: number;
}

export interface Exporter {
  /** What its variant label says of either arm. */
  names: Record<Arm, string>;
  series: (name: string, truth: Truth) => Growing[];
  /** It exports latency buckets, and errors. */
  hasBuckets: boolean;
  hasErrors: boolean;
}

const grow = (name: string, labels: Labels, perStep: number): Growing => ({ name, labels, perStep });

/** A classic histogram in which every request took the same time. */
function histogram(name: string, labels: Labels, count: number, value: number, bounds: readonly number[]): Growing[] {
  return [
    ...[...bounds, Infinity].map((le) =>
      grow(`${name}_bucket`, { ...labels, le: le === Infinity ? '+Inf' : String(le) }, value <= le ? count : 0),
    ),
    grow(`${name}_sum`, labels, count * value),
    grow(`${name}_count`, labels, count),
  ];
}

const SECONDS = [0.025, 0.05, 0.075, 0.1, 0.25, 1];
const TOKENS = [1, 10, 50, 100, 200, 500];
const MILLISECONDS = [25, 50, 75, 100, 250, 1000];

/** Good requests under one code and failed ones under another. */
const byCode = ({ requests, errors }: Truth, good: string, bad: string) =>
  [
    [good, requests - errors],
    [bad, errors],
  ] as const;

export const EXPORTERS: Record<PresetName, Exporter> = {
  plain: {
    names: { control: 'baseline', treatment: 'enhanced' },
    hasBuckets: true,
    hasErrors: true,
    series: (model, truth) => {
      const labels = { experiment: EXPERIMENT, model_name: model };
      return [
        ...byCode(truth, 'success', 'error').map(([status, count]) =>
          grow('ab_test_requests_total', { ...labels, status }, count),
        ),
        ...histogram('ab_test_response_time_seconds', labels, truth.requests, truth.latencySeconds, SECONDS),
      ];
    },
  },
  'seldon-v1': {
    names: { control: 'main', treatment: 'candidate' },
    hasBuckets: true,
    hasErrors: true,
    series: (predictor, truth) => {
      const labels = {
        deployment_name: EXPERIMENT,
        predictor_name: predictor,
        predictor_version: 'v1',
        method: 'post',
      };
      const server = 'seldon_api_executor_server_requests_seconds';
      return [
        ...byCode(truth, '200', '500').flatMap(([code, count]) =>
          histogram(server, { ...labels, code, service: 'predictions' }, count, truth.latencySeconds, SECONDS),
        ),
        ...histogram(server, { ...labels, code: '200', service: 'feedback' }, 1000, 0.001, SECONDS),
        ...histogram(
          'seldon_api_executor_client_requests_seconds',
          { ...labels, code: '200', model_name: 'classifier', service: '/predict' },
          truth.requests,
          truth.latencySeconds,
          SECONDS,
        ),
      ];
    },
  },
  'seldon-v2': {
    names: { control: 'iris_1', treatment: 'iris2_1' },
    hasBuckets: false,
    hasErrors: true,
    series: (internal, truth) =>
      byCode(truth, '200', '500').flatMap(([code, count]) => {
        const labels = {
          server: 'mlserver',
          server_replica: '0',
          model: EXPERIMENT,
          model_internal: internal,
          method_type: 'rest',
          code,
        };
        return [
          grow('seldon_model_infer_total', labels, count),
          grow('seldon_model_infer_seconds_total', labels, count * truth.latencySeconds),
        ];
      }),
  },
  kserve: {
    names: { control: 'sklearn-a', treatment: 'sklearn-b' },
    hasBuckets: true,
    hasErrors: false,
    series: (model, { requests, latencySeconds }) => [
      ...histogram('request_predict_seconds', { model_name: model }, requests, latencySeconds, SECONDS),
      ...histogram('request_preprocess_seconds', { model_name: model }, requests, 0.001, SECONDS),
    ],
  },
  istio: {
    names: { control: 'v1', treatment: 'v2' },
    hasBuckets: true,
    hasErrors: true,
    series: (version, truth) =>
      // Both sides of the mesh count the same request.
      ['destination', 'source'].flatMap((reporter) =>
        byCode(truth, '200', '503').flatMap(([code, count]) => {
          const labels = {
            reporter,
            destination_service_name: EXPERIMENT,
            destination_version: version,
            destination_workload: `${EXPERIMENT}-${version}`,
            request_protocol: 'http',
            response_code: code,
          };
          return [
            grow('istio_requests_total', labels, count),
            ...histogram(
              'istio_request_duration_milliseconds',
              labels,
              count,
              truth.latencySeconds * 1000,
              MILLISECONDS,
            ),
          ];
        }),
      ),
  },
  mlserver: {
    names: { control: 'mnist-a', treatment: 'mnist-b' },
    hasBuckets: false,
    hasErrors: true,
    series: (model, { requests, errors, latencySeconds }) => {
      const labels = { model, version: 'v1' };
      return [
        grow('model_infer_request_success_total', labels, requests - errors),
        grow('model_infer_request_failure_total', labels, errors),
        grow('model_infer_request_duration_count', labels, requests),
        grow('model_infer_request_duration_sum', labels, requests * latencySeconds),
      ];
    },
  },
  bentoml: {
    names: { control: 'abc123', treatment: 'def456' },
    hasBuckets: true,
    hasErrors: true,
    series: (version, truth) =>
      byCode(truth, '200', '500').flatMap(([code, count]) => {
        const labels = {
          endpoint: '/predict',
          service_name: EXPERIMENT,
          runner_name: 'classifier',
          service_version: version,
          http_response_code: code,
        };
        return [
          grow('bentoml_service_request_total', labels, count),
          ...histogram('bentoml_service_request_duration_seconds', labels, count, truth.latencySeconds, SECONDS),
        ];
      }),
  },
  'ray-serve': {
    names: { control: 'Ranker', treatment: 'RankerNew' },
    hasBuckets: true,
    hasErrors: true,
    series: (deployment, { requests, errors, latencySeconds }) => {
      const labels = { application: EXPERIMENT, deployment, replica: `${deployment}#1`, route: '/rank' };
      return [
        grow('ray_serve_deployment_request_counter_total', labels, requests),
        grow('ray_serve_deployment_error_counter_total', labels, errors),
        ...histogram(
          'ray_serve_deployment_processing_latency_ms',
          labels,
          requests,
          latencySeconds * 1000,
          MILLISECONDS,
        ),
      ];
    },
  },
  vllm: {
    names: { control: 'llama-8b', treatment: 'llama-70b' },
    hasBuckets: true,
    hasErrors: true,
    series: (model, truth) => {
      const labels = { engine: '0', model_name: model };
      return [
        ...histogram('vllm:e2e_request_latency_seconds', labels, truth.requests, truth.latencySeconds, SECONDS),
        ...byCode(truth, 'stop', 'abort').map(([reason, count]) =>
          grow('vllm:request_success_total', { ...labels, finished_reason: reason }, count),
        ),
        ...histogram('vllm:time_to_first_token_seconds', labels, truth.requests, truth.latencySeconds / 2, SECONDS),
        ...histogram('vllm:request_prompt_tokens', labels, truth.requests, 100, TOKENS),
        ...histogram('vllm:request_generation_tokens', labels, truth.requests, truth.latencySeconds * 1000, TOKENS),
        grow('vllm:generation_tokens_total', labels, truth.requests * truth.latencySeconds * 1000),
      ];
    },
  },
};

/** OpenMetrics text of all of them over a period; `end` in seconds. */
export function writeExporters(end: number, steps: number, stepSeconds: number): string {
  const lines: string[] = [];
  for (const { names, series } of Object.values(EXPORTERS)) {
    for (const arm of ['control', 'treatment'] as const) {
      for (const { name, labels, perStep } of series(names[arm], TRUTH[arm])) {
        const text = Object.entries(labels)
          .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
          .join(',');
        for (let step = 0; step <= steps; step++) {
          lines.push(`${name}{${text}} ${String(step * perStep)} ${String(end - (steps - step) * stepSeconds)}`);
        }
      }
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}
