/** The process around a plugin, started by the SDK's own client. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import { PluginClient, PluginConnection, type DataSourceSettings, type PluginLog } from '../../pkg/sdk/client';
import { MAGIC_COOKIE, parseHandshake } from '../../pkg/sdk/protocol/handshake';
import { buildFixture } from './build-fixture';

const ENV = { ...process.env, [MAGIC_COOKIE.key]: MAGIC_COOKIE.value };

const settings: DataSourceSettings = {
  id: 1,
  uid: 'uplift',
  name: 'Uplift',
  url: '',
  user: '',
  database: '',
  jsonData: {},
  secrets: {},
  updatedMs: 1,
  apiVersion: '',
};

function scenario(name: string, ms = 0) {
  return { settings, queries: [{ refId: 'A', json: { scenario: name, ms }, range: { from: 0, to: 1 } }] };
}

async function isListening(target: string): Promise<boolean> {
  const [host, port] = target.split(':');
  const socket = createConnection({ host, port: Number(port) });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Refused is the answer that was asked for.
    return false;
  } finally {
    socket.destroy();
  }
}

async function waitUntil(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (await isTrue()) return true;
    await delay(50);
  }
  return false;
}

/** What a process writes to stdout, line by line as it comes. */
function collectLines({ stdout }: { stdout: Readable }): string[] {
  const lines: string[] = [];
  createInterface({ input: stdout }).on('line', (line) => lines.push(line));
  return lines;
}

async function readTarget(lines: readonly string[]): Promise<string> {
  await waitUntil(() => lines.length > 0, 60_000);
  return parseHandshake(lines[0] ?? '');
}

describe("a plugin's process", () => {
  let executable: string;
  const children: ChildProcess[] = [];
  const clients: PluginClient[] = [];

  beforeAll(() => {
    executable = buildFixture();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(clients.splice(0).map((client) => client.stop()));
  });

  async function start(onLog?: (log: PluginLog) => void): Promise<PluginClient> {
    const client = await PluginClient.start({ executable, onLog });
    clients.push(client);
    return client;
  }

  function run(command: string, args: string[]): ChildProcess & { stdout: Readable } {
    const child = spawn(command, args, { env: ENV, stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    return child;
  }

  it('writes one line to stdout and nothing else, whatever its code prints', async () => {
    const child = run(executable, []);
    const lines = collectLines(child);
    const connection = new PluginConnection(await readTarget(lines));
    await connection.queryData(scenario('print'));
    await connection.shutdown();
    connection.close();
    await once(child, 'close');
    expect(lines).toEqual([expect.stringMatching(/^1\|2\|tcp\|127\.0\.0\.1:\d+\|grpc$/)]);
  });

  it('ends when its parent is killed', async () => {
    const parent = run('sh', ['-c', '"$0" & wait', executable]);
    const target = await readTarget(collectLines(parent));
    expect(await isListening(target)).toBe(true);
    parent.kill('SIGKILL');
    expect(await waitUntil(async () => !(await isListening(target)), 60_000)).toBe(true);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s', async (signal) => {
    const client = await start();
    process.kill(client.pid ?? NaN, signal);
    expect(await client.exited).toEqual({ code: 0, signal: null });
  });

  it('ends with 0 when it is stopped, and stopping again is harmless', async () => {
    const client = await start();
    expect(await client.stop()).toEqual({ code: 0, signal: null });
    expect(await client.stop()).toEqual({ code: 0, signal: null });
  });

  it('tells its host when it crashed, and calls fail instead of hanging', async () => {
    const client = await start();
    process.kill(client.pid ?? NaN, 'SIGKILL');
    expect(await client.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await expect(client.queryData(scenario('table'))).rejects.toMatchObject({ code: 14 });
  });

  it('hands its log lines to its host', async () => {
    const logs: PluginLog[] = [];
    const client = await start((log) => logs.push(log));
    await client.queryData(scenario('bug'));
    await client.stop();
    expect(logs).toContainEqual(expect.objectContaining({ level: 'debug', message: 'listening' }));
    expect(logs).toContainEqual(expect.objectContaining({ level: 'error', message: 'a query failed unexpectedly' }));
  });

  it('answers a million rows', async () => {
    const client = await start();
    const { A: answer } = await client.queryData(scenario('large'));
    expect(answer?.frames[0]?.fields.map((field) => field.values.length)).toEqual([1_000_000, 1_000_000]);
  });
});
