/** What InfluxDB 2's JSON errors mean, and errors inside an answer. */
import { z } from 'zod';
import { FailureError } from '../../../../src/contract/failure';
import { SlowQueryError } from '../../endpoints';
import type { HttpReply } from '../../http/exchange';
import { foreignReply, quoteSafely } from '../../http/failures';

const errorSchema = z.object({ code: z.string(), message: z.string() });

/** A reply with another status than 200. 401 and 403 have been told apart before. */
export function describeRefusal(reply: HttpReply, bucket: string): FailureError {
  const parsed = errorSchema.safeParse(jsonOf(reply.body));
  if (!parsed.success) {
    return reply.status === 404 ? noFlux() : foreignReply('influx', reply);
  }
  const { code, message } = parsed.data;
  if (code === 'unavailable' || (reply.status >= 500 && code !== 'internal error')) {
    return foreignReply('influx', { ...reply, status: Math.max(reply.status, 500) });
  }
  return describeWords(message, bucket);
}

/** The server's own words, from a JSON error or an error table. */
export function describeWords(words: string, bucket: string): FailureError {
  const source = 'influx';
  if (/could not find bucket/i.test(words)) {
    return new FailureError({
      class: 'config',
      reached: 'login',
      source,
      field: 'influx.database',
      message: `InfluxDB has no bucket “${bucket}”, or the token may not read it.`,
      fix: 'Set influx.database to an existing bucket, and give the token READ on it.',
    });
  }
  if (/organization name .* not found|provide either orgID or org/i.test(words)) {
    return new FailureError({
      class: 'config',
      reached: 'login',
      source,
      field: 'influx.organisation',
      message: `InfluxDB does not know the organisation: ${quoteSafely(words)}.`,
      fix: 'Set influx.organisation to the organisation that owns the bucket.',
    });
  }
  if (/not authorized|insufficient permissions|forbidden/i.test(words)) {
    return new FailureError({
      class: 'auth',
      reached: 'login',
      source,
      field: 'influx.token',
      message: 'InfluxDB knows the token but does not let it do this.',
      fix: `Give the token READ on the bucket “${bucket}”.`,
    });
  }
  if (/deadline exceeded|timed? ?out|context canceled|interrupted/i.test(words)) {
    return new SlowQueryError({
      class: 'timeout',
      source,
      message: `InfluxDB gave the query up: ${quoteSafely(words)}.`,
      fix: 'Shorten the time range or coarsen the step.',
    });
  }
  if (/schema collision|cannot group .* together|unsupported (input|aggregate) (column )?type/i.test(words)) {
    return new FailureError({
      class: 'query',
      source,
      field: 'mapping.influx',
      message: `A field is a number in some points and something else in others: ${quoteSafely(words)}.`,
      fix: 'Name a numeric field in mapping.influx, or filter the points of the other type out.',
    });
  }
  return new FailureError({
    class: 'query',
    source,
    message: `InfluxDB does not accept the script: ${quoteSafely(words)}.`,
    fix: 'Correct the script, or the names in mapping.influx.',
  });
}

/** An answer that ends too early or is something else. */
export function brokenAnswer(cause: unknown): FailureError {
  return new FailureError(
    {
      class: 'server',
      source: 'influx',
      message: 'InfluxDB’s answer is not complete CSV.',
      fix: 'Check that influx.url is InfluxDB’s address, and the proxy between, if any.',
    },
    { cause },
  );
}

function noFlux(): FailureError {
  return new FailureError({
    class: 'config',
    source: 'influx',
    field: 'influx.dialect',
    message: 'What answers at influx.url does not speak Flux.',
    fix: 'Set influx.dialect to influxql (InfluxDB 1) or sql (InfluxDB 3), or check the address.',
  });
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON: no InfluxDB 2 wrote it; the caller decides by the status.
    return null;
  }
}
