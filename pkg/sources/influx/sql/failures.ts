/** What InfluxDB 3's errors mean: plain text, or JSON with `error`. 401 and 403 come with empty bodies and are told apart before. */
import { z } from 'zod';
import { FailureError } from '../../../../src/contract/failure';
import { SlowQueryError } from '../../endpoints';
import type { HttpReply } from '../../http/exchange';
import { foreignReply, quoteSafely } from '../../http/failures';

const errorSchema = z.object({ error: z.string() });

export function describeRefusal(reply: HttpReply, database: string): FailureError {
  const source = 'influx';
  const words = wordsOf(reply.body);
  if (/database not found|could not find database|db .*not found|not found.*database/i.test(words)) {
    return new FailureError({
      class: 'config',
      reached: 'login',
      source,
      field: 'influx.database',
      message: `InfluxDB has no database “${database}”.`,
      fix: 'Set influx.database to an existing database.',
    });
  }
  if (/timed? ?out|deadline|resources exhausted|file limit|query would exceed/i.test(words)) {
    return new SlowQueryError({
      class: /resources|limit|exceed/i.test(words) ? 'limit' : 'timeout',
      source,
      message: `InfluxDB gave the query up: ${quoteSafely(words)}.`,
      fix: 'Shorten the time range or coarsen the step.',
    });
  }
  // A page is no answer of InfluxDB's own, whatever its status.
  if (reply.status >= 500 || reply.status === 429 || words === '' || /^\s*</.test(words)) {
    return foreignReply(source, reply);
  }
  if (reply.status === 404) {
    return new FailureError({
      class: 'config',
      source,
      field: 'influx.dialect',
      message: 'What answers at influx.url does not speak SQL.',
      fix: 'Set influx.dialect to influxql (InfluxDB 1) or flux (InfluxDB 2), or check the address.',
    });
  }
  if (/invalid function argument|coerce|no function matches|failed to match any signature|type mismatch/i.test(words)) {
    return new FailureError({
      class: 'query',
      source,
      field: 'mapping.influx',
      message: `A field is not of the type that was expected: ${quoteSafely(words)}.`,
      fix: 'Name a numeric field in mapping.influx.',
    });
  }
  return new FailureError({
    class: 'query',
    source,
    message: `InfluxDB does not accept the statement: ${quoteSafely(words)}.`,
    fix: 'Correct the statement, or the names in mapping.influx.',
  });
}

function wordsOf(body: string): string {
  try {
    const parsed = errorSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.error : body.trim();
  } catch {
    // Plain text is one of the two forms an error comes in.
    return body.trim();
  }
}
