/**
 * One PostgreSQL endpoint: a pool whose every use is a short read-only transaction with its own time limit.
 *
 * The limits are set inside the transaction and not as start-up parameters, because PgBouncer refuses those and, pooling
 * by transaction, would hand a session's settings to somebody else. Read-only here is a second lock; the first is a role
 * that cannot write (docs: read-only role).
 */
import { setTimeout } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import tls from 'node:tls';
import pg from 'pg';
import type { Logger } from 'pino';
import type { MlflowSettings } from '../../../src/contract/settings';
import { unlessGivenUp } from '../given-up';
import { databaseFailure, isUnanswered, isWithoutTls } from './failures';

export interface DatabaseAddress {
  host: string;
  port: number;
  database: string;
}

export interface ConnectionSecrets {
  password: string | undefined;
  clientKey: string | undefined;
}

/** Values of bind parameters. */
export type Bind = string | number | boolean | null | readonly string[];

/** Runs one statement with bound values inside the transaction. */
export type Query = <Row extends pg.QueryResultRow>(text: string, values?: readonly Bind[]) => Promise<Row[]>;

export interface TableResult {
  fields: Array<{ name: string; dataTypeID: number }>;
  rows: unknown[][];
}

/** Runs one statement of unknown shape; more than one in the text is an error of the protocol. */
export type QueryTable = (text: string) => Promise<TableResult>;

/**
 * Leaves nothing of a statement behind for whoever uses the connection next: reading functions can change the session
 * (`set_config`) and lock beyond the transaction (`pg_advisory_lock`).
 */
export const UNDONE = 'ROLLBACK; SELECT pg_advisory_unlock_all()';

const IDLE_MS = 30_000;

/** How long a cancelled statement has to end before it is cancelled again. */
const CANCEL_AGAIN_MS = 500;

export class MlflowConnection {
  #pool: Promise<pg.Pool> | null = null;

  constructor(
    private readonly address: DatabaseAddress,
    private readonly settings: MlflowSettings,
    private readonly secrets: ConnectionSecrets,
    private readonly logger: Logger,
  ) {}

  /**
   * Runs `work` in one read-only transaction: all its statements see the same moment. When the signal aborts, the server
   * is told to cancel and no further statement is sent, so that nothing goes on running for nobody.
   *
   * @param ending what ends the transaction; `UNDONE` after a statement that somebody typed
   * @throws FailureError
   * @throws the signal's own reason when the caller gives up
   */
  async read<T>(
    work: (query: Query, queryTable: QueryTable) => Promise<T>,
    signal: AbortSignal,
    ending = 'COMMIT',
  ): Promise<T> {
    signal.throwIfAborted();
    const ended = new AbortController();
    let client: pg.PoolClient | null = null;
    let failed = true;
    try {
      client = await this.#connect(signal);
      const using = client;
      const cancel = () => void this.#cancelUntil(ended.signal, using);
      signal.addEventListener('abort', cancel, { once: true, signal: ended.signal });
      await using.query(this.#preamble());
      const query: Query = async <Row extends pg.QueryResultRow>(text: string, values: readonly Bind[] = []) => {
        signal.throwIfAborted();
        return (await using.query<Row>(text, [...values])).rows;
      };
      const queryTable: QueryTable = async (text) => {
        signal.throwIfAborted();
        // The extended protocol takes one statement only; the driver's types do not know how to ask for it yet.
        const config: pg.QueryArrayConfig & { queryMode: 'extended' } = {
          text,
          rowMode: 'array',
          queryMode: 'extended',
        };
        const { fields, rows } = await using.query<unknown[]>(config);
        return { fields, rows };
      };
      const value = await work(query, queryTable);
      await using.query(ending);
      // A cancellation under way must not meet whoever uses the connection next.
      signal.throwIfAborted();
      failed = false;
      return value;
    } catch (error) {
      signal.throwIfAborted();
      if (client && isUnanswered(error)) {
        // A statement may have lifted its own time limit, and a server does not see that nobody waits any more.
        void this.#cancel(client);
      }
      throw databaseFailure(error, this.settings);
    } finally {
      ended.abort();
      // A connection that failed may be inside a broken transaction or half dead: a new one costs little.
      client?.release(failed);
    }
  }

  async dispose(): Promise<void> {
    const opening = this.#pool;
    this.#pool = null;
    // Whoever asked has been told why it could not be opened; there is nothing to close then.
    const pool = await opening?.catch(() => null);
    await pool?.end();
  }

  #preamble(): string {
    const timeoutMs = String(Math.round(this.settings.timeoutSeconds * 1000));
    // Several statements in one text are one round trip; nothing in it comes from outside but the quoted schema.
    return [
      'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
      `SET LOCAL statement_timeout = ${timeoutMs}`,
      `SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs}`,
      'SET LOCAL jit = off',
      `SET LOCAL search_path = ${pg.escapeIdentifier(this.settings.schema)}, pg_catalog`,
    ].join('; ');
  }

  /** A connection from the pool. The driver cannot give up connecting, so whoever gives up leaves it to end on its own. */
  async #connect(signal: AbortSignal): Promise<pg.PoolClient> {
    const connecting = this.#open().then((pool) => pool.connect());
    try {
      return await unlessGivenUp(connecting, signal);
    } catch (error) {
      connecting.then(
        (late) => late.release(),
        (failure: unknown) => this.logger.debug({ err: failure }, 'a connection nobody waits for failed'),
      );
      throw error;
    }
  }

  #open(): Promise<pg.Pool> {
    this.#pool ??= this.#createPool().catch((error: unknown) => {
      this.#pool = null;
      throw error;
    });
    return this.#pool;
  }

  async #createPool(): Promise<pg.Pool> {
    const pool = new pg.Pool({
      ...this.#client(await this.#chooseTls()),
      max: this.settings.poolSize,
      idleTimeoutMillis: IDLE_MS,
      allowExitOnIdle: true,
    });
    // Without a listener, a connection that the server drops would end the process: the pool listens to the idle ones,
    // and nobody to those between two statements, whose next statement tells of it.
    pool.on('error', (error) => {
      this.logger.warn({ err: error }, 'an idle PostgreSQL connection was lost');
    });
    pool.on('connect', (client) => {
      client.on('error', (error) => this.logger.debug({ err: error }, 'a PostgreSQL connection was lost'));
    });
    return pool;
  }

  /** libpq's `prefer`: TLS where the server offers it, else plain text. */
  async #chooseTls(): Promise<ConnectionOptions | false> {
    if (this.settings.ssl !== 'prefer') {
      return tlsOptions(this.settings, this.secrets);
    }
    const offered = tlsOptions(this.settings, this.secrets);
    const client = new pg.Client(this.#client(offered));
    client.on('error', () => {
      this.logger.debug('the connection that tried TLS was lost');
    });
    try {
      await client.connect();
      return offered;
    } catch (error) {
      if (isWithoutTls(error)) {
        return false;
      }
      throw error;
    } finally {
      await client.end();
    }
  }

  #client(ssl: ConnectionOptions | false): pg.ClientConfig {
    return {
      ...this.address,
      user: this.settings.user,
      password: this.secrets.password ?? '',
      ssl,
      application_name: 'uplift',
      connectionTimeoutMillis: this.settings.timeoutSeconds * 1000,
      // A little longer than the server's own limit: it is for a server that says nothing any more.
      query_timeout: this.settings.timeoutSeconds * 1000 + 2000,
      keepAlive: true,
    };
  }

  /** Cancels again until `ended`: a request that reaches the server between two statements cancels nothing. */
  async #cancelUntil(ended: AbortSignal, running: pg.PoolClient): Promise<void> {
    while (!ended.aborted) {
      await this.#cancel(running);
      await setTimeout(CANCEL_AGAIN_MS, null, { ref: false });
    }
  }

  /** Asks the server, over a connection of its own, to cancel what this one runs. */
  async #cancel(running: pg.PoolClient): Promise<void> {
    const pid = 'processID' in running && typeof running.processID === 'number' ? running.processID : null;
    if (pid === null) {
      return;
    }
    try {
      const client = new pg.Client(this.#client(await this.#chooseTls()));
      client.on('error', (error) => this.logger.debug({ err: error }, 'the connection that cancels was lost'));
      try {
        await client.connect();
        await client.query('SELECT pg_cancel_backend($1)', [pid]);
      } finally {
        await client.end();
      }
    } catch (error) {
      // The statement timeout ends the query in any case.
      this.logger.debug({ err: error }, 'a running query could not be cancelled');
    }
  }
}

/** libpq's meaning of the modes: `prefer` and `require` encrypt without verifying, unless an authority is given. */
export function tlsOptions(settings: MlflowSettings, secrets: ConnectionSecrets): ConnectionOptions | false {
  const { ssl } = settings;
  const { ca, clientCertificate, serverName, skipVerify } = settings.tls;
  if (ssl === 'disable') {
    return false;
  }
  const isVerified = ssl === 'verify-ca' || ssl === 'verify-full' || (ssl === 'require' && ca !== undefined);
  return {
    rejectUnauthorized: isVerified && !skipVerify,
    ...(ca && { ca: [...tls.rootCertificates, ca] }),
    ...(clientCertificate && { cert: clientCertificate }),
    ...(secrets.clientKey && { key: secrets.clientKey }),
    ...(serverName && { servername: serverName }),
    ...(ssl !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
}
