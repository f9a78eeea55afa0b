/** Flux over `/api/v2/query`: InfluxDB 2, and 1.8 where Flux is switched on. */
import { FailureError } from '../../../../src/contract/failure';
import type { Http } from '../../http/client';
import type { RawRequest } from '../../capabilities/raw';
import { SeriesCollector } from '../collect-series';
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
import { BrokenCsvError, readFluxCsv } from './annotated-csv';
import type { Cell, FluxReply, FluxTable } from './annotated-csv';
import { externOf } from './extern';
import { brokenAnswer, describeRefusal, describeWords } from './failures';
import { answerFlux } from './raw';
import {
  aggregateScript,
  lastTextScript,
  measurementsScript,
  newestSampleScript,
  sampleTimesScript,
  tagValuesScript,
} from './script';
import type { Script } from './script';
import { readVersion } from './version';

const DIALECT = {
  header: true,
  delimiter: ',',
  annotations: ['datatype', 'group', 'default'],
  dateTimeFormat: 'RFC3339',
};

export interface FluxTarget {
  bucket: string;
  organisation: string | undefined;
}

export class Flux implements InfluxDialect {
  constructor(
    private readonly http: Http,
    private readonly target: FluxTarget,
  ) {}

  async probe(signal: AbortSignal): Promise<DialectProbe> {
    const [health, canWrite] = await Promise.all([
      this.http.send({ method: 'GET', path: '/health' }, signal),
      this.#mayWrite(signal),
    ]);
    return {
      version: readVersion(health),
      warnings: canWrite ? ['the token can write: use one that may only read'] : [],
    };
  }

  async measurements(signal: AbortSignal): Promise<string[]> {
    return values(await this.run(measurementsScript(this.target.bucket), signal));
  }

  async aggregate(request: AggregateRequest, signal: AbortSignal): Promise<Reply<AggregateSeries[]>> {
    const script = aggregateScript(request, this.target.bucket);
    const { tables, isCut } = await this.run(script, signal);
    const collector = new SeriesCollector(
      request.by,
      request.columns.map(({ as }) => as),
    );
    for (const table of tables) {
      const at = indexOf(table);
      const tags = request.by.map((tag): [string, number] => [tag, at(tag)]);
      const valueAt = at('_value');
      const timeAt = at('_time');
      for (const row of table.rows) {
        const value = row[valueAt];
        const time = row[timeAt];
        if (typeof value === 'number') {
          const own = Object.fromEntries(tags.map(([tag, index]) => [tag, textOf(row[index])]));
          collector.add(own, bucketStart(time, request.bucketMs), table.result, value);
        }
      }
    }
    return { value: collector.finish(), warnings: cutWarning(isCut), executed: [script.text] };
  }

  async sampleTimes(request: GroupedSampleRequest, signal: AbortSignal): Promise<Reply<GroupTimes[]>> {
    const script = sampleTimesScript(request, this.target.bucket);
    const { tables, isCut } = await this.run(script, signal);
    const seen = groupTimes(tables, 'first', request.by);
    const newest = new Map(groupTimes(tables, 'last', request.by).map(({ key, time }) => [key, time]));
    return {
      value: seen.map(({ key, tags, time }) => ({ tags, first: time, newest: newest.get(key) ?? time })),
      warnings: cutWarning(isCut),
      executed: [script.text],
    };
  }

  async newestSample(request: SampleRequest, signal: AbortSignal): Promise<number | null> {
    const { tables } = await this.run(newestSampleScript(request, this.target.bucket), signal);
    return groupTimes(tables, 'last', [])[0]?.time ?? null;
  }

  async tagValues(request: TagValuesRequest, signal: AbortSignal): Promise<string[]> {
    return values(await this.run(tagValuesScript(request, this.target.bucket), signal));
  }

  async lastText(request: GroupedSampleRequest, signal: AbortSignal) {
    const { tables } = await this.run(lastTextScript(request, this.target.bucket), signal);
    return tables.flatMap((table) => {
      const at = indexOf(table);
      return table.rows.map((row) => ({
        tags: Object.fromEntries(request.by.map((tag) => [tag, textOf(row[at(tag)])])),
        text: textOf(row[at('_value')]),
      }));
    });
  }

  raw(request: RawRequest, limits: RawLimits, signal: AbortSignal) {
    const { bucket, organisation = '' } = this.target;
    return answerFlux((script, own) => this.run(script, own), { bucket, organisation }, limits, request, signal);
  }

  /** Runs one script that only reads. @throws FailureError */
  async run({ text, values: bound }: Script, signal: AbortSignal): Promise<FluxReply> {
    const { organisation } = this.target;
    const reply = await this.http.send(
      {
        method: 'POST',
        path: '/api/v2/query',
        query: organisation === undefined ? {} : { org: organisation },
        json: { query: text, type: 'flux', dialect: DIALECT, extern: externOf(bound) },
        headers: { Accept: 'application/csv' },
      },
      signal,
    );
    if (reply.status !== 200) {
      throw describeRefusal(reply, this.target.bucket);
    }
    const parsed = parse(reply.body);
    if (parsed.error !== null) {
      throw describeWords(parsed.error, this.target.bucket);
    }
    return parsed;
  }

  /** Writes nothing: an empty body is refused or accepted by the token's right to write before anything is stored. */
  async #mayWrite(signal: AbortSignal): Promise<boolean> {
    const { bucket, organisation } = this.target;
    try {
      const query = { bucket, org: organisation };
      const reply = await this.http.send({ method: 'POST', path: '/api/v2/write', query, form: {} }, signal);
      // With the right to write, the empty body itself is at most a bad request.
      return reply.status < 300 || reply.status === 400;
    } catch (error) {
      if (error instanceof FailureError && error.failure.class === 'auth') {
        return false;
      }
      throw error;
    }
  }
}

/** @throws FailureError class `server` for a body cut short, or without the annotations that were asked for */
function parse(body: string): FluxReply {
  try {
    const reply = readFluxCsv(body);
    if (reply.tables.some(({ columns }) => columns.every(({ datatype }) => datatype === ''))) {
      throw new BrokenCsvError('no datatypes');
    }
    return reply;
  } catch (error) {
    if (error instanceof BrokenCsvError) {
      throw brokenAnswer(error);
    }
    throw error;
  }
}

const indexOf = (table: FluxTable) => (name: string) => table.columns.findIndex((column) => column.name === name);

const textOf = (cell: Cell | undefined): string => (cell === undefined || cell === null ? '' : String(cell));

/** The first window of a range begins with the range, wherever on the grid that is. */
function bucketStart(time: Cell | undefined, bucketMs: number | null): number {
  return bucketMs === null || typeof time !== 'number' ? 0 : Math.floor(time / bucketMs) * bucketMs;
}

/** A result’s rows of one time a group. */
function groupTimes(
  tables: readonly FluxTable[],
  result: string,
  by: readonly string[],
): Array<{ key: string; tags: Record<string, string>; time: number }> {
  return tables
    .filter((table) => table.result === result)
    .flatMap((table) => {
      const at = indexOf(table);
      return table.rows.flatMap((row) => {
        const time = row[at('_time')];
        const tags = Object.fromEntries(by.map((tag) => [tag, textOf(row[at(tag)])]));
        return typeof time === 'number' ? [{ key: JSON.stringify(Object.values(tags)), tags, time }] : [];
      });
    });
}

function values({ tables }: FluxReply): string[] {
  return tables
    .flatMap((table) => table.rows.map((row) => textOf(row[indexOf(table)('_value')])))
    .filter((value) => value !== '');
}

function cutWarning(isCut: boolean): string[] {
  return isCut ? ['InfluxDB cut its answer short: the numbers are partial.'] : [];
}
