/** `status`: each source's state, latency, error and hint, newest sample. */
import { SOURCE_NAMES } from '../../src/calc/provenance';
import type { SourceName } from '../../src/calc/provenance';
import type { SOURCES_FIELDS, UpliftMeta } from '../../src/contract/frames';
import type { Failure } from '../../src/contract/failure';
import { FailureError, reachOf } from '../../src/contract/failure';
import type { SourceStatus as WireStatus } from '../../src/contract/resources';
import type { StatusQuery } from '../../src/contract/query';
import { failureOf } from '../sources/thrown';
import type { Instance } from '../instance';
import type { DataFrame } from '../sdk/frame';
import { timeoutFailure } from '../sources/http/failures';
import type { Probe } from '../sources/capabilities/probe';
import type { QueryContext } from './context';
import type { Column } from './table';
import { numericFrame, tableOf } from './table';
import { provenanceOf } from '../experiment/provenance';

/** What is known of one source right now. */
export type SourceStatus =
  | { source: SourceName; state: 'off' }
  | { source: SourceName; state: 'ok' | 'stale' | 'empty'; probe: Probe }
  | { source: SourceName; state: 'down'; failure: Failure };

const PROBE_LIMIT_MS = 10_000;

/** Tests sources, each on its own: one that hangs or fails says nothing about the others. */
export async function probeSources(
  instance: Instance,
  names: readonly SourceName[] = SOURCE_NAMES,
): Promise<SourceStatus[]> {
  return Promise.all(
    names.map(async (name): Promise<SourceStatus> => {
      const source = instance.sources[name];
      if (!source) {
        return { source: name, state: 'off' };
      }
      const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
      try {
        const probe = await source.probe(signal);
        const limit = instance.settings.freshness[name] * 1000;
        const state =
          probe.newestSample === null ? 'empty' : instance.clock() - probe.newestSample > limit ? 'stale' : 'ok';
        return { source: name, state, probe };
      } catch (error) {
        const failure = signal.aborted
          ? { source: name, ...timeoutFailure(name, PROBE_LIMIT_MS / 1000) }
          : failureOf(error, name);
        return { source: name, state: 'down', failure };
      }
    }),
  );
}

const COLUMNS: ReadonlyArray<Column<WireStatus> & { name: (typeof SOURCES_FIELDS)[number] }> = [
  { name: 'source', type: 'string', of: (row) => row.source },
  { name: 'state', type: 'string', of: (row) => row.state },
  { name: 'latency_ms', type: 'number', of: (row) => row.latency_ms, config: { unit: 'ms' } },
  { name: 'error', type: 'string', of: (row) => row.error },
  { name: 'hint', type: 'string', of: (row) => row.hint },
  { name: 'endpoint', type: 'string', of: (row) => row.endpoint },
  { name: 'newest_sample', type: 'time', of: (row) => row.newest_sample },
];

/** A source's state as the `sources` frame and resource show it. */
export function statusRow(status: SourceStatus): WireStatus {
  const empty: WireStatus = {
    source: status.source,
    state: status.state,
    latency_ms: null,
    error: null,
    hint: null,
    class: null,
    field: null,
    endpoint: null,
    newest_sample: null,
    reached: null,
    version: null,
    found: null,
    warnings: [],
  };
  switch (status.state) {
    case 'off':
      return { ...empty, hint: 'Not configured: add its address in the data source’s settings.' };
    case 'down':
      return {
        ...empty,
        error: status.failure.message,
        hint: status.failure.fix,
        class: status.failure.class,
        field: status.failure.field ?? null,
        reached: reachOf(status.failure),
      };
    case 'ok':
    case 'stale':
    case 'empty':
      return {
        ...empty,
        latency_ms: status.probe.latencyMs,
        hint: [status.probe.found, ...status.probe.warnings].join('; '),
        endpoint: status.probe.endpoint,
        newest_sample: status.probe.newestSample,
        reached: 'data',
        version: status.probe.version,
        found: status.probe.found,
        warnings: status.probe.warnings,
      };
  }
}

export async function answerStatus(query: StatusQuery, context: QueryContext): Promise<DataFrame[]> {
  const statuses = await probeSources(context.instance);
  const uplift: UpliftMeta = {
    frame: 'sources',
    provenance: provenanceOf(
      statuses.map((status) => ({
        source: status.source,
        state: status.state,
        endpoint: 'probe' in status ? status.probe.endpoint : 'primary',
        asOf: 'probe' in status ? status.probe.newestSample : null,
        reason: status.state === 'down' ? status.failure.message : undefined,
      })),
      context.now,
    ),
  };
  if (query.format === 'numeric') {
    refuseBlindAlert(statuses, context);
    return statuses
      .filter(({ state }) => state !== 'off')
      .map(({ source, state }) => numericFrame('source_up', { source }, state === 'ok' ? 1 : 0));
  }
  return [tableOf('sources', statuses.map(statusRow), COLUMNS, { type: 'table', custom: { uplift } })];
}

/**
 * With every store away it is more likely this process that is cut off than all of them: a rule errs rather than counts.
 * @throws FailureError of the first
 */
function refuseBlindAlert(statuses: readonly SourceStatus[], { isAlert }: QueryContext): void {
  const configured = statuses.filter(({ state }) => state !== 'off');
  const failures = configured.flatMap((status) => (status.state === 'down' ? [status.failure] : []));
  const [failure] = failures;
  if (isAlert && failure && failures.length === configured.length) {
    throw new FailureError(failure);
  }
}
