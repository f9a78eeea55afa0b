import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startInflux } from '../../../demo/stores/influx';
import { startPostgres } from '../../../demo/stores/postgres';
import { startPrometheus } from '../../../demo/stores/prometheus';

async function readOne(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return Object.values(rows[0] ?? {})[0];
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(pid) && Date.now() < deadline) await sleep(20);
  return !isAlive(pid);
}

describe('PostgreSQL launcher', () => {
  it('starts a server that answers SQL and removes its temporary folder on stop', async () => {
    const server = await startPostgres();
    expect(await readOne(server.url(), 'select 40 + 2')).toBe(42);
    expect(await readOne(server.url(), 'show server_encoding')).toBe('UTF8');
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    await expect(access(server.dataDir)).rejects.toThrow('ENOENT');
  });

  it('keeps the data of a given folder over a restart on the same port', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'uplift-test-'));
    const first = await startPostgres({ dataDir });
    await readOne(first.url(), 'create table kept as select 7 as n');
    await first.stop();
    const second = await startPostgres({ dataDir, port: first.port });
    expect(await readOne(second.url(), 'select n from kept')).toBe(7);
    await second.stop();
    await rm(dataDir, { recursive: true });
  });

  it('ends the server when the process that started it is killed', async () => {
    const script = `import { startPostgres } from './demo/stores/postgres';
      const server = await startPostgres({ dataDir: process.argv.at(-1) });
      console.log(server.pid);`;
    const dataDir = await mkdtemp(join(tmpdir(), 'uplift-test-'));
    const root = resolve(__dirname, '../../..');
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, '--', dataDir], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await isGoneWithin(pid, 60_000)).toBe(true);
    await rm(dataDir, { recursive: true });
  });
});

describe('Prometheus launcher', () => {
  it('scrapes the given target under the given labels', async () => {
    const server = await startPrometheus();
    await server.stop();
    const scraping = await startPrometheus({
      port: server.port,
      scrape: [
        {
          job: 'self',
          intervalSeconds: 1,
          targets: [{ address: `127.0.0.1:${server.port}`, labels: { instance: 'one' } }],
        },
      ],
    });
    const query = `${scraping.url}/api/v1/query?query=${encodeURIComponent('up{job="self",instance="one"} == 1')}`;
    let found = '';
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline && !found.includes('"one"')) {
      await sleep(100);
      found = await (await fetch(query)).text();
    }
    expect(found).toContain('"one"');
    await scraping.stop();
  });

  it('asks for the password it was given', async () => {
    const server = await startPrometheus({ basicAuth: { user: 'reader', password: 'secret' } });
    const status = async (password: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`reader:${password}`).toString('base64')}`;
      return (await fetch(`${server.url}/api/v1/query?query=1`, { headers: { authorization } })).status;
    };
    expect(await status('secret')).toBe(200);
    expect(await status('wrong')).toBe(401);
    await server.stop();
  });
});

describe('InfluxDB launcher', () => {
  it('takes points and gives them back', async () => {
    const server = await startInflux({ database: 'points' });
    await server.write('m,tag=a value=3 1700000000');
    expect(JSON.stringify(await server.execute('SELECT value FROM m'))).toContain('"2023-11-14T22:13:20Z",3');
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('lets the reader read and nothing else, also after a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'uplift-test-'));
    const auth = { admin: { user: 'admin', password: "it's" }, reader: { user: 'reader', password: 'rd' } };
    const first = await startInflux({ dataDir, auth });
    await first.write('m value=1 1700000000');
    await first.stop();
    const server = await startInflux({ dataDir, auth, port: first.port });
    const ask = async (q: string, password: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`reader:${password}`).toString('base64')}`;
      const body = new URLSearchParams({ db: server.database, q });
      return (await fetch(`${server.url}/query`, { method: 'POST', headers: { authorization }, body })).status;
    };
    expect(await ask('SELECT value FROM m', 'rd')).toBe(200);
    expect(await ask('SELECT value FROM m', 'wrong')).toBe(401);
    expect(await ask('DROP MEASUREMENT m', 'rd')).toBe(403);
    await server.stop();
    await rm(dataDir, { recursive: true });
  });
});
