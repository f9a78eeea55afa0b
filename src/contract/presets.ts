/**
 * Serving systems whose metrics we know: each preset fills the Prometheus mapping, and any field of it can be edited.
 * In a selector `%m` is the place of the matchers; `scale` turns the latency's unit into seconds; null is what the system
 * does not export.
 */
import type { PrometheusMapping } from './prometheus-mapping';

export const PRESET_NAMES = [
  'plain',
  'seldon-v1',
  'seldon-v2',
  'kserve',
  'istio',
  'mlserver',
  'bentoml',
  'ray-serve',
  'vllm',
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export interface Preset {
  title: string;
  /** What it takes for a variant and an experiment, and what the system does not export, for the editor. */
  description: string;
  prometheus: PrometheusMapping;
}

/** What a serving system does not know by itself: labels that came later, the split, the model's accuracy. */
const SERVING_ONLY = {
  errorsFallback: null,
  labelled: null,
  correct: null,
  accuracyGauge: null,
  accuracyGaugeScale: 'fraction',
  predictionBucket: null,
  featureBucket: null,
  feature: 'feature',
  trafficPercentage: null,
  instance: 'instance',
  metrics: [],
} satisfies Partial<PrometheusMapping>;

const SECONDS = 1;
const MILLISECONDS = 0.001;
const SECONDS_IN_MS = 1000;

/** Behind an OpenTelemetry collector the colon of vLLM's names becomes an underscore. */
const vllmHistogram = (name: string) => ({
  bucket: `{__name__=~"vllm[:_]${name}_bucket",%m}`,
  sum: `{__name__=~"vllm[:_]${name}_sum",%m}`,
  count: `{__name__=~"vllm[:_]${name}_count",%m}`,
});

export const PRESETS: Record<PresetName, Preset> = {
  plain: {
    title: 'Plain (ab_test_*)',
    description: 'Counters of your own under the names ab_test_*; also what the demo exports.',
    prometheus: {
      variant: 'model_name',
      experiment: 'experiment',
      requests: 'ab_test_requests_total{%m}',
      errors: 'ab_test_errors_total{%m}',
      errorsFallback: 'ab_test_requests_total{status!~"success|ok|2..",%m}',
      bucket: 'ab_test_response_time_seconds_bucket{%m}',
      sum: 'ab_test_response_time_seconds_sum{%m}',
      count: 'ab_test_response_time_seconds_count{%m}',
      scale: SECONDS,
      labelled: 'ab_test_labelled_predictions_total{%m}',
      correct: 'ab_test_correct_predictions_total{%m}',
      accuracyGauge: 'ab_test_model_accuracy{%m}',
      accuracyGaugeScale: 'percent',
      predictionBucket: 'ab_test_prediction_bucket{%m}',
      featureBucket: 'ab_test_feature_value_bucket{%m}',
      feature: 'feature',
      trafficPercentage: 'ab_test_traffic_percentage{%m}',
      instance: 'instance',
      version: 'model_version',
      metrics: [],
    },
  },
  // Seldon Core 1 docs, “Metrics with Prometheus”; the server's `service` is /api/v0.1/predictions in older executors.
  'seldon-v1': {
    title: 'Seldon Core 1',
    description: 'A variant is a predictor of a SeldonDeployment. Counted where requests come in, feedback left out.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'predictor_name',
      experiment: 'deployment_name',
      requests: 'seldon_api_executor_server_requests_seconds_count{service=~".*predictions",%m}',
      errors: 'seldon_api_executor_server_requests_seconds_count{service=~".*predictions",code!~"2..",%m}',
      bucket: 'seldon_api_executor_server_requests_seconds_bucket{service=~".*predictions",%m}',
      sum: 'seldon_api_executor_server_requests_seconds_sum{service=~".*predictions",%m}',
      count: 'seldon_api_executor_server_requests_seconds_count{service=~".*predictions",%m}',
      scale: SECONDS,
      version: 'predictor_version',
    },
  },
  // Seldon Core 2 docs, “Operational Metrics” and the experiment samples: a request to model `iris` that an experiment
  // gives to `iris2` counts as model="iris", model_internal="iris2_1". The histogram has no model label.
  'seldon-v2': {
    title: 'Seldon Core 2',
    description:
      'A variant is the model that answered (model_internal), an experiment the model that was asked for. No latency buckets a model: mean only.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'model_internal',
      experiment: 'model',
      requests: 'seldon_model_infer_total{%m}',
      errors: 'seldon_model_infer_total{code!~"2..|OK",%m}',
      bucket: null,
      sum: 'seldon_model_infer_seconds_total{%m}',
      count: 'seldon_model_infer_total{%m}',
      scale: SECONDS,
      instance: 'server_replica',
      version: null,
    },
  },
  // KServe, python/kserve/kserve/metrics.py: histograms with the one label `model_name`.
  kserve: {
    title: 'KServe',
    description:
      'A variant is a model_name, so the two need different names. No experiment label and no count of errors: define the experiment, and take errors from Istio if you have it.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'model_name',
      experiment: null,
      requests: 'request_predict_seconds_count{%m}',
      errors: null,
      bucket: 'request_predict_seconds_bucket{%m}',
      sum: 'request_predict_seconds_sum{%m}',
      count: 'request_predict_seconds_count{%m}',
      scale: SECONDS,
      version: null,
    },
  },
  // Istio docs, “Istio Standard Metrics”; response_code is 0 where a connection broke off, which is an error too.
  istio: {
    title: 'Istio',
    description: 'A variant is a version of a service, as its proxy sees it. Works in front of any model server.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'destination_version',
      experiment: 'destination_service_name',
      requests: 'istio_requests_total{reporter="destination",%m}',
      errors: 'istio_requests_total{reporter="destination",response_code=~"5..|0",%m}',
      bucket: 'istio_request_duration_milliseconds_bucket{reporter="destination",%m}',
      sum: 'istio_request_duration_milliseconds_sum{reporter="destination",%m}',
      count: 'istio_request_duration_milliseconds_count{reporter="destination",%m}',
      scale: MILLISECONDS,
      version: null,
    },
  },
  // MLServer, mlserver/handlers/dataplane.py: two counters and a summary, labelled model and version.
  mlserver: {
    title: 'MLServer',
    description:
      'A variant is a model. To compare versions of one model, set variant to version and experiment to model. A summary, no buckets: mean latency only.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'model',
      experiment: null,
      requests: 'model_infer_request_duration_count{%m}',
      errors: 'model_infer_request_failure_total{%m}',
      bucket: null,
      sum: 'model_infer_request_duration_sum{%m}',
      count: 'model_infer_request_duration_count{%m}',
      scale: SECONDS,
      version: 'version',
    },
  },
  // BentoML docs, “Metrics”, table of default metrics.
  bentoml: {
    title: 'BentoML',
    description: 'A variant is a version of a service.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'service_version',
      experiment: 'service_name',
      requests: 'bentoml_service_request_total{%m}',
      errors: 'bentoml_service_request_total{http_response_code!~"2..",%m}',
      bucket: 'bentoml_service_request_duration_seconds_bucket{%m}',
      sum: 'bentoml_service_request_duration_seconds_sum{%m}',
      count: 'bentoml_service_request_duration_seconds_count{%m}',
      scale: SECONDS,
      version: null,
    },
  },
  // Ray docs, “Monitor Your Application”; Ray 2.10 and newer export counters with _total.
  'ray-serve': {
    title: 'Ray Serve',
    description: 'A variant is a deployment of an application. Ray 2.10 and newer.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'deployment',
      experiment: 'application',
      requests: 'ray_serve_deployment_request_counter_total{%m}',
      errors: 'ray_serve_deployment_error_counter_total{%m}',
      bucket: 'ray_serve_deployment_processing_latency_ms_bucket{%m}',
      sum: 'ray_serve_deployment_processing_latency_ms_sum{%m}',
      count: 'ray_serve_deployment_processing_latency_ms_count{%m}',
      scale: MILLISECONDS,
      instance: 'replica',
      version: null,
    },
  },
  // vLLM docs, “Production Metrics”. What is better of tokens is a matter of cost: fewer, unless an experiment says otherwise.
  vllm: {
    title: 'vLLM',
    description:
      'A variant is a served model name; no experiment label. Errors are requests that ended by error or abort. Also time to first token, and tokens a request.',
    prometheus: {
      ...SERVING_ONLY,
      variant: 'model_name',
      experiment: null,
      requests: '{__name__=~"vllm[:_]e2e_request_latency_seconds_count",%m}',
      errors: '{__name__=~"vllm[:_]request_success_total",finished_reason=~"abort|error",%m}',
      ...vllmHistogram('e2e_request_latency_seconds'),
      scale: SECONDS,
      version: null,
      metrics: [
        {
          id: 'time_to_first_token_ms',
          label: 'Time to first token, mean',
          unit: 'ms',
          direction: 'lower',
          quantile: null,
          ...vllmHistogram('time_to_first_token_seconds'),
          scale: SECONDS_IN_MS,
        },
        {
          id: 'time_to_first_token_p95_ms',
          label: 'Time to first token, p95',
          unit: 'ms',
          direction: 'lower',
          quantile: 0.95,
          ...vllmHistogram('time_to_first_token_seconds'),
          scale: SECONDS_IN_MS,
        },
        {
          id: 'prompt_tokens',
          label: 'Prompt tokens a request',
          unit: 'plain',
          direction: 'lower',
          quantile: null,
          ...vllmHistogram('request_prompt_tokens'),
          scale: 1,
        },
        {
          id: 'generation_tokens',
          label: 'Generated tokens a request',
          unit: 'plain',
          direction: 'lower',
          quantile: null,
          ...vllmHistogram('request_generation_tokens'),
          scale: 1,
        },
      ],
    },
  },
};
