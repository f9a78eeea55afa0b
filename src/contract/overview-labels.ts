/** What the live numbers are called, alike where they are shown and where a rule chooses one. */
import type { OVERVIEW_FIELDS } from './frames';

export type OverviewNumber = Exclude<(typeof OVERVIEW_FIELDS)[number], 'data_source'>;

export const OVERVIEW_LABELS: Readonly<Record<OverviewNumber, string>> = {
  active_experiments: 'Active experiments',
  baseline_accuracy: 'Control accuracy',
  enhanced_accuracy: 'Treatment accuracy',
  total_requests_24h: 'Requests, 24 h',
  avg_response_time_ms: 'Mean response',
  error_rate: 'Error rate',
  net_business_value: 'Net value a day',
};
