/** What the demo's servers export: names and labels of the system it takes after, and where that leaves a gap, our own. */

export const METRICS = {
  requests: { name: 'ab_test_requests_total', help: 'Requests answered, by outcome' },
  errors: { name: 'ab_test_errors_total', help: 'Requests that failed' },
  labelled: { name: 'ab_test_labelled_predictions_total', help: 'Predictions whose true outcome has arrived' },
  correct: { name: 'ab_test_correct_predictions_total', help: 'Labelled predictions that were right' },
  revenue: { name: 'ab_test_revenue_total', help: 'Revenue of the requests answered' },
  revenueSquared: { name: 'ab_test_revenue_squared_total', help: 'Sum of squared revenue per request' },
  accuracy: { name: 'ab_test_model_accuracy', help: 'Accuracy over recent labelled predictions, percent' },
  traffic: { name: 'ab_test_traffic_percentage', help: 'Share of traffic the router is set to, percent' },
  impact: { name: 'ab_test_business_impact', help: 'Daily business impact against the control' },
  prediction: { name: 'ab_test_prediction', help: 'Scores the model gave' },
  featureValue: { name: 'ab_test_feature_value', help: 'Values of the numeric features of requests, by feature' },
  latency: { name: 'ab_test_response_time_seconds', help: 'Response time' },
} as const;

/** Upper bounds in seconds: the usual ones, and some between 50 and 200 ms, without which a p95 there is a guess. */
export const LATENCY_BUCKETS = [
  0.01, 0.025, 0.05, 0.06, 0.075, 0.085, 0.1, 0.11, 0.12, 0.15, 0.2, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

export const IMPACT_TYPES = ['revenue_impact', 'latency_cost', 'net_business_value'] as const;
export type ImpactType = (typeof IMPACT_TYPES)[number];

/** The scrape job all of the demo's servers belong to. */
export const SCRAPE_JOB = 'ab-test';

/** The job of what shows the demo: the page and, through it, its backend. */
export const PAGE_JOB = 'uplift';
