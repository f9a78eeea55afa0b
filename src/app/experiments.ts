/** The experiments of a data source with their state, asked of its backend as any panel would ask. */
import { FieldType, type DataFrame } from '@grafana/data';
import { getBackendSrv, toDataQueryResponse, type BackendDataSourceResponse } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { LEVELS, type Level } from '../calc/provenance';
import { VERDICTS, type Verdict } from '../calc/verdict';
import { STANDINGS, type EXPERIMENTS_FIELDS, type Standing } from '../contract/frames';

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
  standing: Standing | null;
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
    experiments: frames.filter(({ name }) => name === 'experiments').flatMap(rowsOf),
    notices: [...new Set(notices.map(({ text }) => text))],
  };
}

type Column = (typeof EXPERIMENTS_FIELDS)[number];

function rowsOf(frame: DataFrame): ExperimentRow[] {
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
      standing: STANDINGS.find((standing) => standing === text('standing', row)) ?? null,
      requests24h: number('requests_24h', row),
      level: LEVELS.find((level) => level === text('level', row)) ?? null,
      ageSeconds: number('age_seconds', row),
    };
  });
}
