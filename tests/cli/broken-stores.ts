/** Every way in which a store can be broken, and what `uplift check` must say of it. */
import type { CheckedStores, Env } from './checked-stores';

/** Reachable, authenticated, readable; null for a stage that was never reached. */
type Stages = readonly [boolean | null, boolean | null, boolean | null];

const NOTHING: Stages = [false, null, null];
const NOT_LET_IN: Stages = [true, false, null];
const NOT_READABLE: Stages = [true, true, false];

export interface BrokenStore {
  source: 'mlflow' | 'prometheus' | 'influx';
  what: string;
  settings: (stores: CheckedStores) => Env;
  stages: Stages;
  found: RegExp;
  fix: RegExp;
}

export const BROKEN_STORES: readonly BrokenStore[] = [
  {
    source: 'mlflow',
    what: 'nothing listens',
    settings: ({ closedPort, mlflow }) => ({ ...mlflow, MLFLOW_DB_PORT: closedPort }),
    stages: NOTHING,
    found: /nothing listens/,
    fix: /MLFLOW_DB_HOST/,
  },
  {
    source: 'mlflow',
    what: 'the password is wrong',
    settings: ({ mlflow }) => ({ ...mlflow, MLFLOW_DB_PASSWORD: 'wrong' }),
    stages: NOT_LET_IN,
    found: /refused the user or password/,
    fix: /MLFLOW_DB_USER/,
  },
  {
    source: 'mlflow',
    what: 'the user is not known',
    settings: ({ mlflow }) => ({ ...mlflow, MLFLOW_DB_USER: 'nobody' }),
    stages: NOT_LET_IN,
    found: /refused the user or password/,
    fix: /MLFLOW_DB_USER/,
  },
  {
    source: 'mlflow',
    what: 'there is no such database',
    settings: ({ mlflow }) => ({ ...mlflow, MLFLOW_DB_NAME: 'mlfow' }),
    stages: NOT_READABLE,
    found: /no database “mlfow”/,
    fix: /MLFLOW_DB_NAME/,
  },
  {
    source: 'mlflow',
    what: 'the user may not read',
    settings: ({ mlflow }) => ({ ...mlflow, MLFLOW_DB_USER: 'stranger' }),
    stages: NOT_READABLE,
    found: /may not read/,
    fix: /Grant the user SELECT/,
  },
  {
    source: 'mlflow',
    what: 'it is not MLflow’s database',
    settings: ({ mlflow }) => ({ ...mlflow, MLFLOW_DB_NAME: 'postgres' }),
    stages: NOT_READABLE,
    found: /does not hold MLflow/,
    fix: /MLFLOW_DB_NAME/,
  },
  {
    source: 'mlflow',
    what: 'it does not speak TLS',
    settings: ({ mlflow }) => ({ ...mlflow, MLFLOW_DB_SSL: 'require' }),
    stages: NOTHING,
    found: /does not offer TLS/,
    fix: /MLFLOW_DB_SSL/,
  },
  {
    source: 'prometheus',
    what: 'nothing listens',
    settings: ({ closedPort, prometheus }) => ({ ...prometheus, PROMETHEUS_URL: `http://127.0.0.1:${closedPort}` }),
    stages: NOTHING,
    found: /nothing listens/,
    fix: /PROMETHEUS_URL/,
  },
  {
    source: 'prometheus',
    what: 'the password is wrong',
    settings: ({ prometheus }) => ({ ...prometheus, PROMETHEUS_PASSWORD: 'wrong' }),
    stages: NOT_LET_IN,
    found: /refused the credentials/,
    fix: /user, password or token/,
  },
  {
    source: 'prometheus',
    what: 'no password is given',
    settings: ({ prometheus }) => ({ PROMETHEUS_URL: prometheus['PROMETHEUS_URL'] ?? '' }),
    stages: NOT_LET_IN,
    found: /wants credentials, and none are set/,
    fix: /user and password, or a token/,
  },
  {
    source: 'prometheus',
    what: 'another service answers',
    settings: ({ influx }) => ({ PROMETHEUS_URL: influx['INFLUX_URL'] ?? '' }),
    stages: NOT_LET_IN,
    found: /is not Prometheus’s API|refused/,
    fix: /Check/,
  },
  {
    source: 'prometheus',
    what: 'a login page answers',
    settings: ({ redirectingUrl }) => ({ PROMETHEUS_URL: redirectingUrl }),
    stages: NOT_LET_IN,
    found: /redirect/,
    fix: /final address/,
  },
  {
    source: 'prometheus',
    what: 'the port does not speak TLS',
    settings: ({ prometheus }) => ({
      ...prometheus,
      PROMETHEUS_URL: String(prometheus['PROMETHEUS_URL']).replace('http:', 'https:'),
    }),
    stages: NOTHING,
    found: /does not speak TLS/,
    fix: /http:\/\//,
  },
  {
    source: 'influx',
    what: 'nothing listens',
    settings: ({ closedPort, influx }) => ({ ...influx, INFLUX_URL: `http://127.0.0.1:${closedPort}` }),
    stages: NOTHING,
    found: /nothing listens/,
    fix: /INFLUX_URL/,
  },
  {
    source: 'influx',
    what: 'the password is wrong',
    settings: ({ influx }) => ({ ...influx, INFLUX_PASSWORD: 'wrong' }),
    stages: NOT_LET_IN,
    found: /refused the credentials/,
    fix: /user, password or token/,
  },
  {
    source: 'influx',
    what: 'there is no such database',
    settings: ({ influx }) => ({
      ...influx,
      INFLUX_DATABASE: 'nowhere',
      INFLUX_USER: 'root',
      INFLUX_PASSWORD: 'root-password',
    }),
    stages: NOT_READABLE,
    found: /no database “nowhere”/,
    fix: /INFLUX_DATABASE/,
  },
  {
    source: 'influx',
    what: 'the user may not read',
    settings: ({ influx }) => ({ ...influx, INFLUX_DATABASE: 'private' }),
    stages: NOT_READABLE,
    found: /lets this user read no database “private”/,
    fix: /grant/i,
  },
];
