/** InfluxDB's own error texts, which arrive inside HTTP 200 as well. */
import { FailureError } from '../../../../src/contract/failure';
import { quoteSafely } from '../../http/failures';

export function describeDatabase(words: string, database: string): FailureError {
  const source = 'influx';
  if (/database not found|database name required|retention policy not found|no dbrp mapping/i.test(words)) {
    return new FailureError({
      class: 'config',
      reached: 'login',
      source,
      field: 'influx.database',
      message: `InfluxDB has no database “${database}”.`,
      fix: 'Set influx.database to an existing database (InfluxDB 2: a bucket with a DBRP mapping).',
    });
  }
  if (/not authorized|authorization failed|unauthorized|insufficient permissions/i.test(words)) {
    return new FailureError({
      class: 'auth',
      reached: 'login',
      source,
      field: 'influx.user',
      message: 'InfluxDB knows the credentials but does not let them read this.',
      fix: `Grant the user READ on “${database}”.`,
    });
  }
  return new FailureError({
    class: 'query',
    source,
    message: `InfluxDB does not accept the statement: ${quoteSafely(words)}.`,
    fix: 'Correct the statement, or the names in mapping.influx.',
  });
}
