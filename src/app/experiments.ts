/** The experiments of a data source with their state, asked of its backend as any panel would ask. */
import { FieldType, type DataFrame } from '@grafana/data';
import { getBackendSrv, toDataQueryResponse, type BackendDataSourceResponse } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { LEVELS, type Level } from '../calc/provenance';
import { VERDICTS, type Verdict } from '../calc/verdict';
import type { EXPERIMENTS_FIELDS } from '../contract/frames';
import { frameNamed, numberAt, upliftMetaOf } from '../panels/shared/frames';

/** One experiment; times in epoch ms, null where it is not known. */
export interface ExperimentRow {
  id: string;
  name: string;
  owner: string | null;
  status: string;
  start: number | null;
  control: string | null;
  /** The treatment that does best so far, which may still be worse than the control; and what the test says of it. */
  leading: string | null;
  verdict: Verdict | null;
  /** Where that treatment stands against the control; null where the answer does not say. */
  standing: 'ahead' | 'behind' | null;
  requests24h: number | null;
  level: Level | null;
  /** Seconds since the newest sample the answer rests on. */
  ageSeconds: number | null;
}

export interface Listing {
  experiments: ExperimentRow[];
  /** Partial failures, in the backend's words. */
  notices: string[];
}

/** @throws Error in words when the data source can't answer, or may not be asked */
export async function listExperiments(dataSourceUid: string): Promise<Listing> {
  const query = { refId: 'A', datasource: { uid: dataSourceUid }, queryType: 'overview', format: 'table' };
  const response = await lastValueFrom(
    getBackendSrv().fetch<BackendDataSourceResponse>({
      url: '/api/ds/query',
      method: 'POST',
      data: { from: 'now-24h', to: 'now', queries: [query] },
      showErrorAlert: false,
    }),
  );
  const { data, errors } = toDataQueryResponse(response);
  const [error] = errors ?? [];
  if (error) {
    throw new Error(error.message ?? 'The data source did not answer.');
  }
  const frames = data.filter((frame): frame is DataFrame => 'fields' in frame);
  const notices = frames.flatMap(({ meta }) => meta?.notices ?? []).filter(({ severity }) => severity !== 'info');
  return {
    experiments: frames
      .filter(({ name }) => name === 'experiments')
      .flatMap((frame) => rowsOf(frame, standingIn(frames))),
    notices: [...new Set(notices.map(({ text }) => text))],
  };
}

type Column = (typeof EXPERIMENTS_FIELDS)[number];

interface Standing {
  experiment: string;
  standing: ExperimentRow['standing'];
}

/**
 * How the one experiment stands whose accuracies the live numbers hold: they are a single experiment's or none's, and say
 * who is ahead only where accuracy is the goal.
 */
function standingIn(frames: readonly DataFrame[]): Standing | null {
  const frame = frameNamed(frames, 'overview');
  const experiment = frame && upliftMetaOf(frame)?.experiment;
  if (frame === undefined || experiment === undefined) {
    return null;
  }
  const goal = experiment.metrics.find(({ role }) => role === 'goal') ?? experiment.metrics[0];
  const control = numberAt(frame, 'baseline_accuracy', 0);
  const best = numberAt(frame, 'enhanced_accuracy', 0);
  if (goal?.id !== 'accuracy' || control === null || best === null || control === best) {
    return null;
  }
  return { experiment: experiment.id, standing: best > control ? 'ahead' : 'behind' };
}

function rowsOf(frame: DataFrame, known: Standing | null): ExperimentRow[] {
  const cell = (name: Column, row: number): unknown => frame.fields.find((field) => field.name === name)?.values[row];
  const text = (name: Column, row: number): string | null => {
    const value = cell(name, row);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const number = (name: Column, row: number): number | null => {
    const value = cell(name, row);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  const length = frame.fields.find(({ type }) => type === FieldType.string)?.values.length ?? 0;
  return Array.from({ length }, (_, row) => {
    const id = text('experiment', row) ?? '';
    return {
      id,
      name: text('name', row) ?? id,
      owner: text('owner', row),
      status: text('status', row) ?? 'unknown',
      start: number('start', row),
      control: text('control', row),
      leading: text('leading', row),
      verdict: VERDICTS.find((verdict) => verdict === text('verdict', row)) ?? null,
      standing: known?.experiment === id ? known.standing : null,
      requests24h: number('requests_24h', row),
      level: LEVELS.find((level) => level === text('level', row)) ?? null,
      ageSeconds: number('age_seconds', row),
    };
  });
}
