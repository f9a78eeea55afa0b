/** SQL over `/api/v3/query_sql`: InfluxDB 3. Shapes are read from its source, not recorded from a running server. */
import { z } from 'zod';
import { FailureError } from '../../../../src/contract/failure';
import type { Http } from '../../http/client';
import type { RawRequest } from '../../capabilities/raw';
import { SeriesCollector } from '../collect-series';
import { missingField } from '../dialect';
import type {
  AggregateRequest,
  AggregateSeries,
  DialectProbe,
  GroupedSampleRequest,
  GroupTimes,
  InfluxDialect,
  RawLimits,
  Reply,
  SampleRequest,
  TagValuesRequest,
} from '../dialect';
import { describeRefusal } from './failures';
import { answerSql } from './raw';
import type { Columns, SqlStatement } from './statement';
import {
  TABLES_STATEMENT,
  aggregateStatement,
  columnsStatement,
  lastTextStatement,
  requireReadingSql,
  sampleTimesStatement,
  tagValuesStatement,
} from './statement';
import type { SqlRow } from './wire';
import { readRows, readSqlTime } from './wire';

const pingSchema = z.object({ version: z.string() });

export class InfluxSql implements InfluxDialect {
  constructor(
    private readonly http: Http,
    private readonly database: string,
  ) {}

  async probe(signal: AbortSignal): Promise<DialectProbe> {
    const ping = await this.http.send({ method: 'GET', path: '/ping' }, signal);
    const version = ping.headers['x-influxdb-version'] ?? versionIn(ping.body);
    return { version, warnings: [] };
  }

  async measurements(signal: AbortSignal): Promise<string[]> {
    return texts(await this.run(TABLES_STATEMENT, signal));
  }

  async aggregate(request: AggregateRequest, signal: AbortSignal): Promise<Reply<AggregateSeries[]>> {
    const columns = await this.#columns(request.measurement, signal);
    const statement = aggregateStatement(request, columns);
    if (!statement) {
      const fields = columns.size > 0 ? request.columns.map(({ field }) => field).filter((field) => !columns.has(field)) : []; // prettier-ignore
      return { value: [], warnings: fields.map((field) => missingField(request.measurement, field)), executed: [] };
    }
    const rows = await this.run(statement, signal);
    const collector = new SeriesCollector(
      request.by,
      request.columns.map(({ as }) => as),
    );
    for (const row of rows) {
      const tags = tagsOf(row, request.by);
      const time = request.bucketMs === null ? 0 : readSqlTime(row.bucket);
      request.columns.forEach(({ as }, index) => {
        const value = row[`c${String(index)}`];
        if (typeof value === 'number' && time !== null) {
          collector.add(tags, time, as, value);
        }
      });
    }
    return { value: collector.finish(), warnings: [], executed: [statement.text] };
  }

  async sampleTimes(request: GroupedSampleRequest, signal: AbortSignal): Promise<Reply<GroupTimes[]>> {
    const columns = await this.#columns(request.measurement, signal);
    if (!columns.has(request.field)) {
      return { value: [], warnings: [], executed: [] };
    }
    const statement = sampleTimesStatement(request, columns);
    const rows = await this.run(statement, signal);
    return {
      value: rows.flatMap((row): GroupTimes[] => {
        const [first, newest] = [readSqlTime(row.first), readSqlTime(row.newest)];
        return first === null || newest === null ? [] : [{ tags: tagsOf(row, request.by), first, newest }];
      }),
      warnings: [],
      executed: [statement.text],
    };
  }

  async newestSample(request: SampleRequest, signal: AbortSignal): Promise<number | null> {
    const { value } = await this.sampleTimes({ ...request, by: [] }, signal);
    return value[0]?.newest ?? null;
  }

  async tagValues(request: TagValuesRequest, signal: AbortSignal): Promise<string[]> {
    const columns = await this.#columns(request.measurement, signal);
    return columns.has(request.tag) ? texts(await this.run(tagValuesStatement(request, columns), signal)) : [];
  }

  async lastText(request: GroupedSampleRequest, signal: AbortSignal) {
    const columns = await this.#columns(request.measurement, signal);
    if (!columns.has(request.field)) {
      return [];
    }
    const rows = await this.run(lastTextStatement(request, columns), signal);
    return rows.map((row) => ({ tags: tagsOf(row, request.by), text: textOf(row.c0) }));
  }

  raw(request: RawRequest, limits: RawLimits, signal: AbortSignal) {
    return answerSql((statement, own) => this.run(statement, own), limits, request, signal);
  }

  /** Runs one reading statement. @throws FailureError */
  async run({ text, parameters }: SqlStatement, signal: AbortSignal): Promise<SqlRow[]> {
    requireReadingSql(text);
    const json = { db: this.database, q: text, format: 'json', params: parameters };
    const headers = { Accept: 'application/json' };
    const reply = await this.http.send({ method: 'POST', path: '/api/v3/query_sql', json, headers }, signal);
    if (reply.status !== 200) {
      throw describeRefusal(reply, this.database);
    }
    try {
      return readRows(reply.body);
    } catch (error) {
      throw new FailureError(
        {
          class: 'server',
          source: 'influx',
          message: 'InfluxDB’s answer is not a complete JSON array of rows.',
          fix: 'Check that influx.url is InfluxDB 3’s address, and the proxy between, if any.',
        },
        { cause: error },
      );
    }
  }

  async #columns(measurement: string, signal: AbortSignal): Promise<Columns> {
    return new Set(texts(await this.run(columnsStatement(measurement), signal)));
  }
}

function versionIn(body: string): string | null {
  try {
    const ping = pingSchema.safeParse(JSON.parse(body));
    return ping.success ? ping.data.version : null;
  } catch {
    // The version is nice to know, no more.
    return null;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `t0`, `t1`, … as the tags they stand for. */
const tagsOf = (row: SqlRow, by: readonly string[]): Record<string, string> =>
  Object.fromEntries(by.map((tag, index) => [tag, textOf(row[`t${String(index)}`])]));

const texts = (rows: readonly SqlRow[]): string[] =>
  rows.map(({ value }) => textOf(value)).filter((text) => text !== '');
