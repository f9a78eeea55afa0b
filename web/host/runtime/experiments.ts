/** The experiments every data source of the page knows, with what is known of each: an `overview` query's answer. */
import { CoreApp, dateTime, LoadingState, type DataFrame, type DataQueryRequest } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { filter, firstValueFrom } from 'rxjs';
import type { EXPERIMENTS_FIELDS } from '../../../src/contract/frames';
import { runRequest } from './runRequest';

export interface ExperimentSummary {
  /** uid of the data source that knows it. */
  dataSource: string;
  id: string;
  name: string;
  owner: string | null;
  status: string;
  /** Epoch ms. */
  start: number | null;
  leading: string | null;
  verdict: string | null;
  level: string | null;
  /** Of its newest sample. */
  ageSeconds: number | null;
}

type Column = (typeof EXPERIMENTS_FIELDS)[number];

function readFrame(frame: DataFrame, dataSource: string): ExperimentSummary[] {
  const cell = (name: Column, row: number): unknown => frame.fields.find((field) => field.name === name)?.values[row];
  const text = (name: Column, row: number): string | null => {
    const value = cell(name, row);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const number = (name: Column, row: number): number | null => {
    const value = cell(name, row);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  return Array.from({ length: frame.length }, (_, row) => row).flatMap((row): ExperimentSummary[] => {
    const id = text('experiment', row);
    return id === null
      ? []
      : [
          {
            dataSource,
            id,
            name: text('name', row) ?? id,
            owner: text('owner', row),
            status: text('status', row) ?? 'unknown',
            start: number('start', row),
            leading: text('leading', row),
            verdict: text('verdict', row),
            level: text('level', row),
            ageSeconds: number('age_seconds', row),
          },
        ];
  });
}

const DAY_MS = 86_400_000;

function overviewRequest(uid: string, type: string): DataQueryRequest {
  const to = dateTime();
  const from = dateTime(to.valueOf() - DAY_MS);
  return {
    requestId: 'experiments',
    app: CoreApp.Unknown,
    timezone: 'browser',
    range: { from, to, raw: { from: 'now-24h', to: 'now' } },
    interval: '5m',
    intervalMs: 300_000,
    maxDataPoints: 100,
    scopedVars: {},
    startTime: Date.now(),
    targets: [{ refId: 'A', datasource: { uid, type }, queryType: 'overview' }],
  };
}

/** @throws Error in the data source's words when it does not answer */
async function listOf(uid: string, type: string): Promise<ExperimentSummary[]> {
  const dataSource = await getDataSourceSrv().get({ uid });
  const answers = runRequest(dataSource, overviewRequest(uid, type));
  const answer = await firstValueFrom(answers.pipe(filter(({ state }) => state !== LoadingState.Loading)));
  const frame = answer.series.find(({ name }) => name === 'experiments');
  if (frame === undefined) {
    throw new Error(answer.error?.message ?? answer.error?.data?.message ?? 'The data source lists no experiments.');
  }
  return readFrame(frame, uid);
}

/** @throws Error when no data source answers; one of several that fails only lacks its experiments */
export async function listExperiments(): Promise<ExperimentSummary[]> {
  const asked = await Promise.allSettled(
    getDataSourceSrv()
      .getList()
      .map(({ uid, type }) => listOf(uid, type)),
  );
  const answered = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [failed] = asked.flatMap((one) => (one.status === 'rejected' ? [one] : []));
  if (answered.length === 0 && failed !== undefined) {
    throw failed.reason;
  }
  return answered.flat();
}
