/** `monitor`, view `facts`: environment, deployment type and mode, problem type, version, first and last seen. */
import type { SourceReading } from '../../src/calc/provenance';
import type { UpliftMeta } from '../../src/contract/frames';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias, variantByAlias } from '../experiment/definition';
import { failureOf } from '../experiment/evidence';
import { noticeOf, provenanceOf } from '../experiment/provenance';
import type { DataFrame } from '../sdk/frame';
import type { Deployment } from '../sources/source';
import type { QueryContext } from './context';
import { filtersFor } from './monitor-filters';
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
  const { instance, now, range, signal } = context;
  const failures: Failure[] = [];
  const readings: SourceReading[] = [...offline];
  const found: Deployment[] = [];
  const executed: string[] = [];
  for (const source of [instance.sources.influx]) {
    if (!source?.deployments) {
      continue;
    }
    try {
      const period = { from: Math.min(range.from, range.to - LOOK_BACK_MS), to: range.to };
      const subject = experiment && experimentAlias(experiment, source.name);
      const answer = await source.deployments(
        { experiment: subject, filters: filtersFor(query, experiment, source.name), period },
        signal,
      );
      found.push(...answer.deployments);
      executed.push(...answer.executed);
      const asOf = Math.max(...answer.deployments.map(({ lastSeen }) => lastSeen ?? -Infinity));
      const state = answer.deployments.length > 0 ? 'ok' : 'empty';
      readings.push({
        source: source.name,
        state,
        endpoint: answer.endpoint,
        asOf: Number.isFinite(asOf) ? asOf : null,
      });
    } catch (error) {
      const failure = failureOf(error, source.name);
      failures.push(failure);
      readings.push({ source: source.name, state: 'down', endpoint: 'primary', asOf: null, reason: failure.message });
    }
  }
  const [failure] = failures;
  if (failure && found.length === 0) {
    throw new FailureError(failure);
  }
  const rows = found
    .map((one) => ({ ...one, labels: { ...one.labels, variant: ownName(experiment, one.labels.variant ?? '') } }))
    .sort((a, b) => (b.lastSeen ?? 0) - (a.lastSeen ?? 0) || (b.firstSeen ?? 0) - (a.firstSeen ?? 0));
  const uplift: UpliftMeta = { frame: 'facts', provenance: provenanceOf(readings, now), failures };
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
  const meta = { custom: { uplift }, notices: failures.map(noticeOf), executedQueryString: executed.join('\n') };
  return [tableOf('facts', rows, columns, meta)];
}

function ownName(experiment: Experiment | null, alias: string): string {
  return (experiment && variantByAlias(experiment, 'influx', alias)?.name) ?? alias;
}
