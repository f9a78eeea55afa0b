/** What PostgreSQL's and its driver's errors mean to somebody who configures a data source. */
import type { Failure } from '../../../src/contract/failure';
import { FailureError } from '../../../src/contract/failure';
import type { MlflowSettings } from '../../../src/contract/settings';
import { SlowQueryError } from '../endpoints';
import { codeOf, wordsOf } from '../thrown';
import { quoteSafely, socketFailure, timeoutFailure } from '../http/failures';

const WITHOUT_TLS = 'does not support SSL';

/** The server answered the TLS request with “no”. */
export function isWithoutTls(error: unknown): boolean {
  return wordsOf(error).includes(WITHOUT_TLS);
}

/** The driver waited long enough; the statement may still run. */
export function isUnanswered(error: unknown): boolean {
  return wordsOf(error).includes('Query read timeout');
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function databaseFailure(error: unknown, settings: MlflowSettings): FailureError {
  if (error instanceof FailureError) {
    return error;
  }
  const code = codeOf(error);
  const words = wordsOf(error);
  if (code === '57014') {
    const failure = timeoutFailure('mlflow', settings.timeoutSeconds);
    return new SlowQueryError(
      { source: 'mlflow', ...failure, message: 'PostgreSQL cancelled the query at its time limit.' },
      { cause: error },
    );
  }
  return new FailureError({ source: 'mlflow', ...classify(code, words, settings) }, { cause: error });
}

function classify(code: string, words: string, settings: MlflowSettings): Omit<Failure, 'source'> {
  const socket = socketFailure('mlflow', code, 'mlflow.host');
  if (socket) {
    return socket;
  }
  if (words.includes(WITHOUT_TLS)) {
    return {
      class: 'tls',
      field: 'mlflow.ssl',
      message: 'PostgreSQL does not offer TLS, but mlflow.ssl demands it.',
      fix: 'Turn TLS on in the server, or set mlflow.ssl to prefer or disable.',
    };
  }
  if (/timeout|timed out/i.test(words)) {
    return timeoutFailure('mlflow', settings.timeoutSeconds);
  }
  switch (code) {
    case '28P01':
    case '28000':
      return {
        class: 'auth',
        field: 'mlflow.user',
        message: 'PostgreSQL refused the user or password.',
        fix: 'Check mlflow.user and its password, and that pg_hba.conf lets this user in from here.',
      };
    case '3D000':
      return {
        class: 'config',
        reached: 'login',
        field: 'mlflow.database',
        message: `PostgreSQL has no database “${settings.database}”.`,
        fix: 'Set mlflow.database to the database of MLflow’s backend store.',
      };
    case '42501':
      return {
        class: 'auth',
        reached: 'login',
        field: 'mlflow.user',
        message: `The user may not read MLflow’s tables: ${quoteSafely(words)}.`,
        fix: 'Grant the user SELECT on experiments, experiment_tags, runs, metrics, latest_metrics, params and tags.',
      };
    case '42P01':
    case '3F000':
    case '42703':
      return {
        class: 'config',
        reached: 'login',
        field: 'mlflow.schema',
        message: `The database does not hold MLflow’s tables as expected: ${quoteSafely(words)}.`,
        fix: 'Check mlflow.database and mlflow.schema; MLflow 1.30 to 3.17 are known.',
      };
    case '53300':
      return {
        class: 'server',
        message: 'PostgreSQL has no free connection.',
        fix: 'Raise max_connections, lower mlflow.poolSize, or put PgBouncer in front.',
      };
    case '57P01':
    case '57P02':
    case '57P03':
      return {
        class: 'server',
        message: 'PostgreSQL is starting or stopping.',
        fix: 'Wait for it to be up; if it does not come, look into its log.',
      };
  }
  if (code.startsWith('08') || /Connection terminated|Client has encountered a connection error/i.test(words)) {
    return {
      class: 'network',
      field: 'mlflow.host',
      message: 'The connection to PostgreSQL broke off.',
      fix: 'Check that the server runs and that nothing between closes idle connections.',
    };
  }
  if (code.startsWith('42') || code.startsWith('22') || code === '25006') {
    return {
      class: 'query',
      message: `PostgreSQL does not accept the statement: ${quoteSafely(words)}.`,
      fix: 'Correct the statement; only reading ones are run.',
    };
  }
  return {
    class: 'server',
    message: `PostgreSQL failed${code ? ` (SQLSTATE ${code})` : ''}.`,
    fix: 'The plugin’s log and the server’s own have the details.',
  };
}
