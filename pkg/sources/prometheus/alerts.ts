/** Alerts of Prometheus's own rules: it tells those that are pending or firing, nothing of the ones that are quiet. */
import type { PrometheusMapping } from '../../../src/contract/settings';
import type { Alerts, StoreAlert } from '../capabilities/alerts';
import type { DeploymentsRequest } from '../capabilities/deployments';
import type { PrometheusApi } from './api';
import { labelOf } from './selectors';
import type { AlertEntry } from './wire';

/** Alerts that carry a label of another experiment or deployment are left out; those that carry none are everyone's. */
export async function readAlerts(
  api: PrometheusApi,
  mapping: PrometheusMapping,
  { experiment, filters }: DeploymentsRequest,
  signal: AbortSignal,
): Promise<Omit<Alerts, 'endpoint'>> {
  const reply = await api.alerts(signal);
  const wanted: Array<[string, readonly string[]]> = [
    ...(mapping.experiment !== null && experiment !== null
      ? [[mapping.experiment, [experiment]] as [string, string[]]]
      : []),
    ...Object.entries(filters).map(([dimension, values]): [string, readonly string[]] => [
      labelOf(mapping, dimension),
      values,
    ]),
  ];
  const isOurs = ({ labels }: AlertEntry) =>
    wanted.every(
      ([label, values]) => values.length === 0 || labels[label] === undefined || values.includes(labels[label]),
    );
  return {
    alerts: reply.value.filter(isOurs).map((entry) => alertOf(entry, mapping)),
    warnings: reply.warnings,
    executed: ['GET /api/v1/alerts'],
  };
}

function alertOf({ labels, annotations, state, activeAt }: AlertEntry, mapping: PrometheusMapping): StoreAlert {
  const since = Date.parse(activeAt ?? '');
  return {
    name: labels.alertname ?? '',
    state: state === 'firing' || state === 'pending' ? state : 'normal',
    severity: labels.severity ?? '',
    message: annotations.summary ?? annotations.description ?? '',
    since: Number.isNaN(since) ? null : since,
    labels: { variant: labels[mapping.variant] ?? '' },
  };
}
