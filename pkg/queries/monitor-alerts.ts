/** `monitor`, view `alerts`: alerts that the stores evaluate or keep, with their state and since when. */
import type { SourceName, SourceReading } from '../../src/calc/provenance';
import type { UpliftMeta } from '../../src/contract/frames';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias, variantByAlias } from '../experiment/definition';
import { failureOf } from '../experiment/evidence';
import { noticeOf, provenanceOf } from '../experiment/provenance';
import type { DataFrame } from '../sdk/frame';
import type { StoreAlert } from '../sources/source';
import { ALERT_STATES } from '../sources/source';
import type { QueryContext } from './context';
import { filtersFor } from './monitor-filters';
import { numericFrame, tableOf } from './table';

/** “Since when” is looked for this far back. */
const LOOK_BACK_MS = 7 * 86_400_000;

interface SourcedAlert extends StoreAlert {
  source: SourceName;
}

export async function answerAlerts(
  query: MonitorQuery,
  context: QueryContext,
  experiment: Experiment | null,
  offline: readonly SourceReading[],
): Promise<DataFrame[]> {
  const { instance, now, range, signal } = context;
  const failures: Failure[] = [];
  const readings: SourceReading[] = [...offline];
  const period = { from: range.to - LOOK_BACK_MS, to: range.to };
  const sources = [instance.sources.prometheus, instance.sources.influx];
  const answers = await Promise.all(
    sources.map(async (source): Promise<SourcedAlert[]> => {
      if (!source?.alerts) {
        return [];
      }
      try {
        const subject = experiment && experimentAlias(experiment, source.name);
        const answer = await source.alerts(
          { experiment: subject, filters: filtersFor(query, experiment, source.name), period },
          signal,
        );
        readings.push({ source: source.name, state: 'ok', endpoint: answer.endpoint, asOf: now });
        return answer.alerts.map((alert) => ({ ...alert, source: source.name }));
      } catch (error) {
        const failure = failureOf(error, source.name);
        failures.push(failure);
        readings.push({ source: source.name, state: 'down', endpoint: 'primary', asOf: null, reason: failure.message });
        return [];
      }
    }),
  );
  const rows = answers
    .flat()
    .sort(
      (a, b) =>
        ALERT_STATES.indexOf(a.state) - ALERT_STATES.indexOf(b.state) ||
        (b.since ?? 0) - (a.since ?? 0) ||
        (a.name < b.name ? -1 : 1),
    );
  const [failure] = failures;
  if (failure && rows.length === 0) {
    throw new FailureError(failure);
  }
  const notices = failures.map(noticeOf);
  if (query.format === 'numeric') {
    // Coded, never a label: a label that changes is another alert instance.
    return rows.map((alert) =>
      numericFrame('alert', labelsOf(alert, experiment), ALERT_STATES.length - 1 - ALERT_STATES.indexOf(alert.state), {
        notices,
      }),
    );
  }
  const uplift: UpliftMeta = { frame: 'alerts', provenance: provenanceOf(readings, now), failures };
  return [
    tableOf(
      'alerts',
      rows,
      [
        { name: 'alert', type: 'string', of: ({ name }) => name },
        { name: 'state', type: 'string', of: ({ state }) => state },
        { name: 'severity', type: 'string', of: ({ severity }) => severity },
        { name: 'message', type: 'string', of: ({ message }) => message },
        { name: 'since', type: 'time', of: ({ since }) => since },
        { name: 'variant', type: 'string', of: (alert) => labelsOf(alert, experiment).variant ?? null },
        { name: 'source', type: 'string', of: ({ source }) => source },
      ],
      { custom: { uplift }, notices },
    ),
  ];
}

function labelsOf({ name, labels, source }: SourcedAlert, experiment: Experiment | null): Record<string, string> {
  const alias = labels.variant ?? '';
  const variant = (experiment && variantByAlias(experiment, source, alias)?.name) ?? alias;
  return { alert: name, variant };
}
