/** Rules on what a test rests on: inputs that drift from those the models were trained on, and stores that are away. */
import type { AlertRule } from './file-format';
import type { RuleSettings } from './rule';
import { ask, firesWhen, makeRule } from './rule';
import type { Subject } from './subject';
import { quoted } from './wording';

/** The convention's limit of PSI beyond which a population is another one. */
const DRIFT_LIMIT = 0.25;
/** The drift job reports at its own pace; its newest report within this time counts. */
const DRIFT_SECONDS = 3600;

export function driftRule(settings: RuleSettings, { id, name, carried }: Subject): AlertRule {
  return makeRule(settings, {
    kind: 'drift',
    experiment: id,
    title: `${name}: inputs have drifted`,
    severity: 'warning',
    for: '10m',
    noDataState: 'KeepLast',
    execErrState: 'KeepLast',
    panel: { dashboard: 'uplift-model-monitoring', id: 5 },
    text: {
      summary: `Inputs of {{ $labels.variant }} in “${quoted(name)}” have drifted on {{ $labels.feature }}: PSI {{ printf "%.2f" $values.A.Value }}, limit ${DRIFT_LIMIT}.`,
      description:
        'Population stability index as the drift job writes it to InfluxDB, the newest report of the last hour.',
      falseAlarms: 'None by chance where the job compares thousands of rows; the limit is a convention, not a test.',
    },
    data: [
      ask(settings, 'A', DRIFT_SECONDS, {
        queryType: 'monitor',
        experiment: id,
        definition: carried,
        metric: 'drift',
        method: 'stored',
        by: ['feature', 'variant'],
      }),
      firesWhen('gt', DRIFT_LIMIT),
    ],
  });
}

/** One rule for the data source, not one an experiment. */
export function sourceRule(settings: RuleSettings): AlertRule {
  return makeRule(settings, {
    kind: 'source',
    experiment: 'all',
    title: 'Uplift: a source is degraded',
    severity: 'critical',
    labels: { experiment: 'all', variant: 'all', metric: 'source_up' },
    for: '5m',
    // Nothing known of any store is the worst of what this rule watches.
    noDataState: 'Alerting',
    execErrState: 'Alerting',
    panel: { dashboard: 'uplift-live-ab', id: 9 },
    text: {
      summary:
        'The source {{ $labels.source }} is down, empty or stale (up: {{ printf "%.0f" $values.A.Value }} of 1): the other rules keep their last state.',
      description:
        'Each configured store is asked, with the data source’s own address and user, for its newest sample.',
      falseAlarms: 'None by chance: it fires when a store does not answer, or has nothing fresh, for five minutes.',
    },
    data: [ask(settings, 'A', 300, { queryType: 'status' }), firesWhen('lt', 1)],
  });
}
