/** The envelope of `/query`: results in series, errors inside HTTP 200, chunks as JSON lines. */
import { z } from 'zod';
import { MOST_SERIES, tooManySeries } from '../collect-series';

const seriesSchema = z.object({
  name: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
  columns: z.array(z.string()),
  /** Rows are read one by one: a schema for each of a million cells would cost seconds. */
  values: z.array(z.array(z.unknown())).default([]),
  partial: z.boolean().default(false),
});

const resultSchema = z.object({
  series: z.array(seriesSchema).default([]),
  error: z.string().optional(),
  messages: z.array(z.object({ text: z.string() })).default([]),
  partial: z.boolean().default(false),
});

const lineSchema = z.object({ results: z.array(resultSchema).optional(), error: z.string().optional() });

export interface QuerySeries {
  /** The measurement. */
  name: string;
  tags: Record<string, string>;
  columns: string[];
  values: unknown[][];
}

export interface QueryReply {
  series: QuerySeries[];
  /** The server's own words when it refused, wholly or in the middle of the answer. */
  error: string | null;
  messages: string[];
  /** The last chunk said that more would follow: the answer was cut. */
  isCut: boolean;
}

/**
 * One statement's answer from one or more chunks.
 * @throws SyntaxError, ZodError when the body is none; FailureError class `limit` for more than `MOST_SERIES` series
 */
export function readQueryReply(body: string): QueryReply {
  const reply: QueryReply = { series: [], error: null, messages: [], isCut: false };
  for (const line of chunks(body)) {
    const chunk = lineSchema.parse(line);
    reply.error ??= chunk.error ?? null;
    for (const result of chunk.results ?? []) {
      reply.error ??= result.error ?? null;
      reply.messages.push(...result.messages.map(({ text }) => text));
      // `max-row-limit` sets the flag on the series alone, chunking on the result as well.
      reply.isCut = result.partial || result.series.some(({ partial }) => partial);
      result.series.forEach((series) => addSeries(reply.series, series));
    }
  }
  return reply;
}

/** A body is one JSON document, pretty-printed perhaps, or one document a line, each read when its turn comes. */
function* chunks(body: string): Generator {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const [first] = lines;
  if (lines.length > 1 && first !== undefined && !first.trimEnd().endsWith('}')) {
    yield JSON.parse(body);
    return;
  }
  for (const line of lines) {
    yield JSON.parse(line);
  }
}

/** A series that continues the one before it, from the next chunk, is one series. */
function addSeries(all: QuerySeries[], { name = '', tags, columns, values }: z.infer<typeof seriesSchema>): void {
  const last = all.at(-1);
  if (last && last.name === name && sameTags(last.tags, tags) && last.columns.join() === columns.join()) {
    for (const row of values) {
      last.values.push(row);
    }
  } else {
    if (all.length >= MOST_SERIES) {
      throw tooManySeries();
    }
    all.push({ name, tags, columns, values });
  }
}

function sameTags(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
