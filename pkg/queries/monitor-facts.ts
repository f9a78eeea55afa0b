/** `monitor`, view `facts`: environment, deployment type and mode, problem type, version, first and last seen. */
import type { SourceReading } from '../../src/calc/provenance';
import type { UpliftMeta } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias } from '../experiment/definition';
import { noticeOf, provenanceOf } from '../experiment/provenance';
import { alignPeriod } from '../experiment/window';
import type { DataFrame } from '../sdk/frame';
import type { Deployment } from '../sources/capabilities/deployments';
import { askEach } from './ask-each';
import type { QueryContext } from './context';
import { filtersFor } from './monitor-filters';
import { ownLabels } from './monitor-labels';
import type { Column } from './table';
import { tableOf } from './table';

/** First seen is looked for this far back, whatever the dashboard shows. */
const LOOK_BACK_MS = 30 * 86_400_000;

const label = (name: string): Column<Deployment> => ({
  name,
  type: 'string',
  of: ({ labels }) => labels[name] ?? null,
});

export async function answerFacts(
  query: MonitorQuery,
  context: QueryContext,
  experiment: Experiment | null,
  offline: readonly SourceReading[],
): Promise<DataFrame[]> {
  const { instance, now, range } = context;
  const period = alignPeriod({ from: Math.min(range.from, range.to - LOOK_BACK_MS), to: range.to });
  const { answers, readings, failures } = await askEach(
    [instance.sources.influx],
    (source) =>
      instance.monitoring.deployments(
        source,
        {
          experiment: experiment && experimentAlias(experiment, source.name),
          filters: filtersFor(query, experiment, source.name),
          period,
        },
        context,
      ),
    ({ deployments }) => ({ state: deployments.length > 0 ? 'ok' : 'empty', asOf: lastSeen(deployments) }),
  );
  const [failure] = failures;
  if (failure && answers.length === 0) {
    throw new FailureError(failure);
  }
  const rows = answers
    .flatMap(({ source, answer }) =>
      answer.deployments.map((one) => ({ ...one, labels: ownLabels(experiment, source.name, one.labels) })),
    )
    .sort((a, b) => b.lastSeen - a.lastSeen || b.firstSeen - a.firstSeen);
  const uplift: UpliftMeta = { frame: 'facts', provenance: provenanceOf([...offline, ...readings], now), failures };
  const columns: Array<Column<Deployment>> = [
    ...[
      'deployment',
      'variant',
      'model',
      'version',
      'environment',
      'deployment_type',
      'deployment_mode',
      'problem_type',
    ].map(label),
    { name: 'first_seen', type: 'time', of: ({ firstSeen }) => firstSeen },
    { name: 'last_seen', type: 'time', of: ({ lastSeen }) => lastSeen },
  ];
  const warnings = answers.flatMap(({ answer }) => answer.warnings);
  const meta = {
    custom: { uplift },
    notices: [...failures.map(noticeOf), ...warnings.map((text) => ({ severity: 'warning' as const, text }))],
    executedQueryString: answers.flatMap(({ answer }) => answer.executed).join('\n'),
  };
  return [tableOf('facts', rows, columns, meta)];
}

/** When the newest of them was last seen. */
function lastSeen(deployments: readonly Deployment[]): number | null {
  return deployments.length > 0 ? Math.max(...deployments.map((one) => one.lastSeen)) : null;
}
