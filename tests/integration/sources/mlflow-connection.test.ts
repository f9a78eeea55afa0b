import pg from 'pg';
import pino from 'pino';
import type { RunningPostgres } from '../../../demo/stores/postgres';
import { startPostgres } from '../../../demo/stores/postgres';
import { MlflowConnection } from '../../../pkg/sources/mlflow/connection';
import { mlflowSettingsSchema } from '../../../src/contract/settings';
import { patient } from './silent';

let server: RunningPostgres;
let observer: pg.Client;
let connection: MlflowConnection;

beforeAll(async () => {
  server = await startPostgres();
  observer = new pg.Client({ connectionString: server.url('postgres') });
  await observer.connect();
  const { host, port, user, password } = server;
  connection = new MlflowConnection(
    { host, port, database: 'postgres' },
    mlflowSettingsSchema.parse({ host, port, user, database: 'postgres' }),
    { password, clientKey: undefined },
    pino({ level: 'silent' }),
  );
});

afterAll(async () => {
  await connection.dispose();
  await observer.end();
  await server.stop();
});

test('a connection lost between two statements fails that question alone', async () => {
  const losing = connection.read(async (query) => {
    const [own] = await query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await observer.query('SELECT pg_terminate_backend($1, 10000)', [own?.pid]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return query('SELECT 1');
  }, patient());
  await expect(losing).rejects.toMatchObject({ failure: { class: 'network', source: 'mlflow' } });
  expect(await connection.read((query) => query('SELECT 1 AS one'), patient())).toEqual([{ one: 1 }]);
});

test('whoever gives up between two statements has no second one sent', async () => {
  const given = new AbortController();
  const asking = connection.read(async (query) => {
    await query('SELECT 1');
    given.abort(new Error('given up'));
    return query(`SELECT 'never asked'`);
  }, given.signal);
  await expect(asking).rejects.toThrow('given up');
  const { rows } = await observer.query(
    `SELECT query FROM pg_stat_activity WHERE query LIKE '%never asked%' AND pid <> pg_backend_pid()`,
  );
  expect(rows).toEqual([]);
});

test('whoever gives up as the last statement ends leaves no cancellation to the connection’s next user', async () => {
  const given = new AbortController();
  const asking = connection.read(async (query) => {
    const rows = await query('SELECT 1');
    given.abort(new Error('given up'));
    return rows;
  }, given.signal);
  await expect(asking).rejects.toThrow('given up');
  for (let again = 0; again < 20; again += 1) {
    expect(await connection.read((query) => query('SELECT pg_sleep(0.02), 1 AS one'), patient())).toHaveLength(1);
  }
});

test('a statement that is cancelled goes on no longer on the server', async () => {
  await expect(
    connection.read((query) => query('SELECT pg_sleep(60)'), AbortSignal.timeout(300)),
  ).rejects.toMatchObject({ name: 'TimeoutError' });
  const running = async () =>
    (
      await observer.query(
        `SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()`,
      )
    ).rowCount;
  for (const deadline = Date.now() + 20_000; (await running()) !== 0 && Date.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await running()).toBe(0);
});
