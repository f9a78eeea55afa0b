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
    return notGranted(database);
  }
  if (/unsupported \w+ iterator type|incompatible types/i.test(words)) {
    return notNumeric(quoteSafely(words));
  }
  return new FailureError({
    class: 'query',
    source,
    message: `InfluxDB does not accept the statement: ${quoteSafely(words)}.`,
    fix: 'Correct the statement, or the names in mapping.influx.',
  });
}

/** A text or a boolean was to be added up. */
export class NotNumericError extends FailureError {}

export function notNumeric(what: string): NotNumericError {
  return new NotNumericError({
    class: 'query',
    source: 'influx',
    field: 'mapping.influx',
    message: `InfluxDB can only reckon with numbers: ${what}.`,
    fix: 'Name a numeric field in mapping.influx, or let the job write this one as a number.',
  });
}

/** InfluxDB tells a user without rights nothing of which databases there are, so a wrong name looks like a missing grant. */
export function notGranted(database: string, cause?: unknown): FailureError {
  return new FailureError(
    {
      class: 'auth',
      reached: 'login',
      source: 'influx',
      field: 'influx.database',
      message: `InfluxDB lets this user read no database “${database}”: there is none of that name, or READ on it is not granted.`,
      fix: 'Check influx.database, and grant the user READ on it.',
    },
    { cause },
  );
}
