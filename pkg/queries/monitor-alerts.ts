/** `monitor`, view `alerts`: alerts that the stores evaluate or keep, with their state and since when. */
import type { SourceName, SourceReading } from '../../src/calc/provenance';
import type { UpliftMeta } from '../../src/contract/frames';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias } from '../experiment/definition';
import { noticeOf, provenanceOf } from '../experiment/provenance';
import { alignPeriod } from '../experiment/window';
import type { DataFrame } from '../sdk/frame';
import type { StoreAlert } from '../sources/capabilities/alerts';
import { ALERT_STATES } from '../sources/capabilities/alerts';
import { askEach } from './ask-each';
import type { QueryContext } from './context';
import { filtersFor } from './monitor-filters';
import { ownVariant } from './monitor-labels';
import { numericFrame, tableOf } from './table';

/** “Since when” is looked for this far back. */
const LOOK_BACK_MS = 7 * 86_400_000;

interface SourcedAlert extends StoreAlert {
  source: SourceName;
}

interface FoundAlerts {
  /** Firing first, then the newest. */
  alerts: SourcedAlert[];
  readings: SourceReading[];
  failures: Failure[];
  warnings: string[];
  executed: string[];
}

/** The alerts of an experiment, or of everything, with their state at the end of the range. */
export async function readAlerts(
  query: Pick<MonitorQuery, 'filters'>,
  context: QueryContext,
  experiment: Experiment | null,
): Promise<FoundAlerts> {
  const { instance, now, range } = context;
  const period = alignPeriod({ from: range.to - LOOK_BACK_MS, to: range.to });
  const { answers, readings, failures } = await askEach(
    [instance.sources.prometheus, instance.sources.influx],
    (source) =>
      instance.monitoring.alerts(
        source,
        {
          experiment: experiment && experimentAlias(experiment, source.name),
          filters: filtersFor(query, experiment, source.name),
          period,
        },
        context,
      ),
    () => ({ state: 'ok', asOf: now }),
  );
  const alerts = answers
    .flatMap(({ source, answer }) => answer.alerts.map((alert): SourcedAlert => ({ ...alert, source: source.name })))
    .sort(
      (a, b) =>
        ALERT_STATES.indexOf(a.state) - ALERT_STATES.indexOf(b.state) ||
        (b.since ?? 0) - (a.since ?? 0) ||
        (a.name < b.name ? -1 : 1),
    );
  const warnings = answers.flatMap(({ answer }) => answer.warnings);
  return { alerts, readings, failures, warnings, executed: answers.flatMap(({ answer }) => answer.executed) };
}

export async function answerAlerts(
  query: MonitorQuery,
  context: QueryContext,
  experiment: Experiment | null,
  offline: readonly SourceReading[],
): Promise<DataFrame[]> {
  const { alerts, readings, failures, warnings, executed } = await readAlerts(query, context, experiment);
  const [failure] = failures;
  if (failure && readings.every(({ state }) => state === 'down')) {
    throw new FailureError(failure);
  }
  const notices = [...failures.map(noticeOf), ...warnings.map((text) => ({ severity: 'warning' as const, text }))];
  if (query.format === 'numeric') {
    // Coded, never a label: a label that changes is another alert instance.
    return alerts.map((alert) =>
      numericFrame('alert', labelsOf(alert, experiment), ALERT_STATES.length - 1 - ALERT_STATES.indexOf(alert.state), {
        notices,
      }),
    );
  }
  const uplift: UpliftMeta = {
    frame: 'alerts',
    provenance: provenanceOf([...offline, ...readings], context.now),
    failures,
  };
  return [
    tableOf(
      'alerts',
      alerts,
      [
        { name: 'alert', type: 'string', of: ({ name }) => name },
        { name: 'state', type: 'string', of: ({ state }) => state },
        { name: 'severity', type: 'string', of: ({ severity }) => severity },
        { name: 'message', type: 'string', of: ({ message }) => message },
        { name: 'since', type: 'time', of: ({ since }) => since },
        { name: 'variant', type: 'string', of: (alert) => labelsOf(alert, experiment).variant ?? null },
        { name: 'source', type: 'string', of: ({ source }) => source },
      ],
      { custom: { uplift }, notices, executedQueryString: executed.join('\n') },
    ),
  ];
}

/** The alert and the variant it is about, by the experiment's own name. */
export function labelsOf(
  { name, labels, source }: SourcedAlert,
  experiment: Experiment | null,
): Record<string, string> {
  return { alert: name, variant: ownVariant(experiment, source, labels.variant ?? '') };
}
