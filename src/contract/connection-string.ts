/** MLflow's backend store as SQLAlchemy writes it: `postgresql+psycopg2://user:password@host:5432/mlflow`. */
import type { MlflowSettings } from './settings';

export interface ConnectionString {
  host: string;
  port?: number;
  database?: string;
  user?: string;
  password?: string;
  ssl?: MlflowSettings['ssl'];
}

const SSL_MODES: Record<string, MlflowSettings['ssl']> = {
  disable: 'disable',
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

/**
 * The parts a connection string gives; the driver (`+psycopg2`, `+asyncpg`, …) does not matter here.
 * @throws RangeError saying what is wrong, without repeating the password
 */
export function parseConnectionString(text: string): ConnectionString {
  const scheme = /^([a-z][a-z0-9]*)(?:\+[a-z0-9]+)?:\/\//i.exec(text);
  if (!scheme || !/^postgres(ql)?$/i.test(scheme[1] ?? '')) {
    throw new RangeError(
      `must begin with postgresql:// (or postgresql+psycopg2://)${scheme ? `; MLflow on ${scheme[1] ?? ''} is not read` : ''}`,
    );
  }
  const address = `postgresql://${text.slice(scheme[0].length)}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url?.hostname) {
    throw new RangeError('is not user:password@host:port/database; write @ : / and # in a password as %40 %3A %2F %23');
  }
  const mode = url.searchParams.get('sslmode');
  const ssl = mode === null ? undefined : SSL_MODES[mode];
  if (mode !== null && ssl === undefined) {
    throw new RangeError(`has sslmode=${mode}; there are ${Object.keys(SSL_MODES).join(', ')}`);
  }
  const [database, user, password] = [url.pathname.slice(1), url.username, url.password].map(decodeURIComponent);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port && { port: Number(url.port) }),
    ...(database && { database }),
    ...(user && { user }),
    ...(password && { password }),
    ...(ssl && { ssl }),
  };
}
