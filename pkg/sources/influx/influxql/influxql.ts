/** InfluxQL over `/query`: InfluxDB 1.x, and 2.x and 3.x by their compatible endpoint (there the database is the bucket). */
import { FailureError } from '../../../../src/contract/failure';
import type { Http } from '../../http/client';
import type { HttpReply, Parameters } from '../../http/exchange';
import { foreignReply, quoteSafely } from '../../http/failures';
import { SlowQueryError } from '../../endpoints';
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
import type { RawRequest } from '../../capabilities/raw';
import { describeDatabase, notGranted, notNumeric, NotNumericError } from './failures';
import { answerInfluxql } from './raw';
import type { Statement } from './statement';
import {
  aggregateStatements,
  edgeStatement,
  fieldKeysStatement,
  requireReading,
  tagValuesStatement,
} from './statement';
import type { QueryReply, QuerySeries } from './wire';
import { readQueryReply } from './wire';

const CHUNK_ROWS = '10000';
const NUMERIC_TYPES: ReadonlySet<string> = new Set(['float', 'integer', 'unsigned']);

export class InfluxQl implements InfluxDialect {
  constructor(
    private readonly http: Http,
    private readonly database: string,
  ) {}

  async probe(signal: AbortSignal): Promise<DialectProbe> {
    const ping = await this.http.send({ method: 'GET', path: '/ping' }, signal);
    const canWrite = await this.#mayWrite(signal);
    return {
      version: ping.headers['x-influxdb-version'] ?? null,
      warnings: canWrite ? ['the user can write: use one that may only read'] : [],
    };
  }

  async measurements(signal: AbortSignal): Promise<string[]> {
    const { reply } = await this.run({ text: 'SHOW MEASUREMENTS', parameters: {} }, signal);
    return reply.series.flatMap(({ values }) => values.map(([name]) => String(name)));
  }

  async aggregate(request: AggregateRequest, signal: AbortSignal): Promise<Reply<AggregateSeries[]>> {
    const statements = aggregateStatements(request);
    const answers = await Promise.all(statements.map((statement) => this.run(statement, signal))).catch(
      async (error: unknown) => {
        if (error instanceof NotNumericError) {
          await this.#requireNumbers(request, signal);
        }
        throw error;
      },
    );
    const value = mergeSeries(
      answers.flatMap(({ reply }) => reply.series),
      request,
    );
    // A product with a text is nothing at all, and its last value no number: the server complains of neither.
    const missing = value.length === 0 ? await this.#requireNumbers(request, signal) : [];
    return {
      value,
      warnings: [...answers.flatMap(({ warnings }) => warnings), ...missing],
      executed: statements.map(({ text }) => text),
    };
  }

  async sampleTimes(request: GroupedSampleRequest, signal: AbortSignal): Promise<Reply<GroupTimes[]>> {
    const statements = [edgeStatement(request, 'first'), edgeStatement(request, 'last')] as const;
    const [first, last] = await Promise.all([this.run(statements[0], signal), this.run(statements[1], signal)]);
    const keyOf = ({ tags }: QuerySeries) => JSON.stringify(request.by.map((tag) => tags[tag] ?? ''));
    const newest = new Map(last.reply.series.map((series) => [keyOf(series), timeOf(series)]));
    return {
      value: first.reply.series.flatMap((series): GroupTimes[] => {
        const seen = timeOf(series);
        return seen === null ? [] : [{ tags: series.tags, first: seen, newest: newest.get(keyOf(series)) ?? seen }];
      }),
      warnings: [...first.warnings, ...last.warnings],
      executed: statements.map(({ text }) => text),
    };
  }

  async newestSample(request: SampleRequest, signal: AbortSignal): Promise<number | null> {
    const { reply } = await this.run(edgeStatement({ ...request, by: [] }, 'last'), signal);
    const [series] = reply.series;
    return series ? timeOf(series) : null;
  }

  async tagValues(request: TagValuesRequest, signal: AbortSignal): Promise<string[]> {
    const { reply } = await this.run(tagValuesStatement(request), signal);
    return reply.series.flatMap(({ values }) => values.map((row) => String(row[1]))).filter((value) => value !== '');
  }

  async lastText(request: GroupedSampleRequest, signal: AbortSignal) {
    const { reply } = await this.run(edgeStatement(request, 'last'), signal);
    return reply.series.map(({ tags, values }) => {
      const text = values[0]?.[1];
      return { tags, text: typeof text === 'string' ? text : '' };
    });
  }

  raw(request: RawRequest, limits: RawLimits, signal: AbortSignal) {
    return answerInfluxql((statement, own) => this.run(statement, own), limits, request, signal);
  }

  /** Runs one reading statement. @throws FailureError */
  async run(statement: Statement, signal: AbortSignal): Promise<{ reply: QueryReply; warnings: string[] }> {
    requireReading(statement.text);
    const form = {
      db: this.database,
      q: statement.text,
      params: JSON.stringify(statement.parameters),
      epoch: 'ms',
      // Chunks, because a server's row limit silently cuts an answer in one piece.
      chunked: 'true',
      chunk_size: CHUNK_ROWS,
    };
    const reply = parse(await this.#ask(form, signal));
    if (reply.error !== null) {
      throw describeError(reply.error, this.database);
    }
    const cut = reply.isCut ? ['InfluxDB cut its answer short: the numbers are partial.'] : [];
    return { reply, warnings: [...cut, ...reply.messages.map((text) => `InfluxDB: ${quoteSafely(text)}`)] };
  }

  async #ask(form: Parameters, signal: AbortSignal): Promise<HttpReply> {
    try {
      return await this.http.send({ method: 'POST', path: '/query', form }, signal);
    } catch (error) {
      // A 403 says no more than that; which database it is about is known here.
      if (error instanceof FailureError && error.failure.class === 'auth' && error.failure.reached === 'login') {
        throw notGranted(this.database, error);
      }
      throw error;
    }
  }

  /**
   * @returns words for each field the measurement lacks, read from the index alone
   * @throws FailureError naming a field that holds no numbers
   */
  async #requireNumbers({ measurement, columns }: AggregateRequest, signal: AbortSignal): Promise<string[]> {
    const { reply } = await this.run(fieldKeysStatement(measurement), signal);
    const known = reply.series.flatMap(({ values }) =>
      values.map(([name, type]) => [String(name), String(type)] as const),
    );
    const fields = new Set(
      columns.flatMap((column) => ('weight' in column ? [column.field, column.weight] : column.field)),
    );
    const typesOf = (field: string) => known.filter(([name]) => name === field).map(([, type]) => type);
    for (const field of fields) {
      const own = typesOf(field);
      if (own.length > 0 && !own.some((type) => NUMERIC_TYPES.has(type))) {
        throw notNumeric(`the field “${field}” of “${measurement}” is ${own.join(' and ')}`);
      }
    }
    const missing = known.length > 0 ? [...fields].filter((field) => typesOf(field).length === 0) : [];
    return missing.map((field) => missingField(measurement, field));
  }

  /** Writes nothing: an empty body is refused or accepted before anything is stored, by the user's right to write. */
  async #mayWrite(signal: AbortSignal): Promise<boolean> {
    try {
      const query = { db: this.database };
      const reply = await this.http.send({ method: 'POST', path: '/write', query, form: {} }, signal);
      return reply.status < 300;
    } catch (error) {
      if (error instanceof FailureError && error.failure.class === 'auth') {
        return false;
      }
      throw error;
    }
  }
}

function parse(reply: HttpReply): QueryReply {
  try {
    const parsed = readQueryReply(reply.body);
    if (parsed.error !== null || reply.status === 200) {
      return parsed;
    }
  } catch (error) {
    if (error instanceof FailureError) {
      throw error;
    }
    if (reply.status === 200) {
      throw new FailureError(
        {
          class: 'server',
          source: 'influx',
          message: 'InfluxDB’s answer is not complete JSON.',
          fix: 'Check that influx.url is InfluxDB’s address, and the proxy between, if any.',
        },
        { cause: error },
      );
    }
  }
  throw foreignReply('influx', reply);
}

function describeError(words: string, database: string): FailureError {
  if (/timeout|max-select|query-timeout|interrupted/i.test(words)) {
    return new SlowQueryError({
      class: /max-select/.test(words) ? 'limit' : 'timeout',
      source: 'influx',
      message: `InfluxDB gave the query up: ${quoteSafely(words)}.`,
      fix: 'Shorten the time range, coarsen the step, or raise the limits in InfluxDB’s [coordinator] section.',
    });
  }
  return describeDatabase(words, database);
}

/** Of an answer of one row a series. */
function timeOf({ values }: QuerySeries): number | null {
  const time = values[0]?.[0];
  return typeof time === 'number' ? time : null;
}

/** Series of several statements, joined by tags and, where there are time buckets, by time. */
function mergeSeries(all: readonly QuerySeries[], { by, columns, bucketMs }: AggregateRequest): AggregateSeries[] {
  const collector = new SeriesCollector(
    by,
    columns.map(({ as }) => as),
  );
  for (const { tags, columns: names, values } of all) {
    for (const row of values) {
      const time = bucketMs === null ? 0 : Number(row[0]);
      names.forEach((name, index) => {
        const value = row[index];
        if (index > 0 && typeof value === 'number') {
          collector.add(tags, time, name, value);
        }
      });
    }
  }
  return collector.finish();
}
