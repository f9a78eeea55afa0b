import { setTimeout as delay } from 'node:timers/promises';

import { PluginConnection, type Asker, type DataSourceSettings } from '../client';
import { createLogger } from './logger';
import { createPluginServer, type PluginServer } from './plugin-server';
import type { BackendPlugin, CallRequest, PluginInstance, QueryDataRequest, QueryDataResult } from './plugin';
import { PublicError } from './public-error';

const settings: DataSourceSettings = {
  id: 3,
  uid: 'uplift',
  name: 'Uplift',
  url: 'http://localhost',
  user: 'reader',
  database: 'mlflow',
  jsonData: { cacheSeconds: 10 },
  secrets: { password: 'se$ret' },
  updatedMs: 1_767_225_600_000,
  apiVersion: 'v1',
};
const asker: Asker = { settings, headers: { Fromalert: 'true' }, orgId: 7 };
const range = { from: 1000, to: 2000 };

const ok: QueryDataResult = {
  status: 200,
  frames: [{ fields: [{ name: 'value', type: 'number', values: Float64Array.of(1) }] }],
};

const plugin: BackendPlugin<PluginInstance> = {
  createInstance: () => ({ dispose: () => Promise.resolve() }),
  queryData: (_, request) => Promise.resolve(Object.fromEntries(request.queries.map(({ refId }) => [refId, ok]))),
  checkHealth: () => Promise.resolve({ status: 'ok', message: 'fine' }),
  callResource: () => Promise.resolve({ status: 200, body: 'fine' }),
  collectMetrics: () => Promise.resolve('up 1\n'),
};

function abortedAfter(begun: Promise<void>): AbortSignal {
  const caller = new AbortController();
  void begun.then(() => caller.abort());
  return caller.signal;
}

describe('a plugin server and the client', () => {
  const running: Array<{ server: PluginServer; connection: PluginConnection }> = [];
  const lines: string[] = [];

  afterEach(async () => {
    for (const { server, connection } of running.splice(0)) {
      connection.close();
      await server.close();
    }
    lines.length = 0;
  });

  async function start(overrides: Partial<BackendPlugin<PluginInstance>> = {}, onShutdown = () => undefined) {
    const logger = createLogger({ module: 'test' }, { write: (line) => lines.push(line) });
    const server = createPluginServer({ ...plugin, ...overrides }, logger, onShutdown);
    const connection = new PluginConnection(`127.0.0.1:${await server.listen()}`);
    running.push({ server, connection });
    return connection;
  }

  it('carry a query with all that belongs to it', async () => {
    const seen: QueryDataRequest[] = [];
    const connection = await start({
      queryData: (_, request) => {
        seen.push(request);
        return Promise.resolve({ A: ok });
      },
    });
    await connection.queryData({
      ...asker,
      user: { login: 'ada', name: 'Ada', email: 'ada@example.com', role: 'Viewer' },
      queries: [
        { refId: 'A', queryType: 'overview', json: { a: [1, 'ü'] }, range, maxDataPoints: 500, intervalMs: 15 },
      ],
    });
    const [request] = seen;
    expect(request?.queries).toEqual([
      { refId: 'A', queryType: 'overview', json: { a: [1, 'ü'] }, range, maxDataPoints: 500, intervalMs: 15 },
    ]);
    expect(request?.context).toMatchObject({ orgId: 7, settings, user: { login: 'ada', role: 'Viewer' } });
    expect(request?.headers.get('FROMALERT')).toBe('true');
  });

  it('answer per refId, frames named after it unless they name themselves', async () => {
    const named = { refId: 'Z', fields: [] };
    const connection = await start({
      queryData: () => Promise.resolve({ A: ok, B: { status: 200, frames: [named] } }),
    });
    const queries = ['A', 'B'].map((refId) => ({ refId, json: {}, range }));
    expect(await connection.queryData({ ...asker, queries })).toEqual({
      A: {
        status: 200,
        error: null,
        errorSource: null,
        frames: [{ refId: 'A', fields: [{ name: 'value', type: 'number', values: Float64Array.of(1) }] }],
      },
      B: { status: 200, error: null, errorSource: null, frames: [named] },
    });
  });

  it('hand Arrow bytes through on demand', async () => {
    const connection = await start();
    const { A } = await connection.queryArrow({ ...asker, queries: [{ refId: 'A', json: {}, range }] });
    expect(
      Buffer.from(A?.frames[0] ?? [])
        .subarray(0, 6)
        .toString(),
    ).toBe('ARROW1');
  });

  it('answer a query whose JSON is broken without asking the plugin about it', async () => {
    const asked: string[] = [];
    const connection = await start({
      queryData: (_, { queries }) => {
        asked.push(...queries.map(({ refId }) => refId));
        return Promise.resolve({ B: ok });
      },
    });
    const answers = await connection.queryData({
      ...asker,
      queries: [
        { refId: 'A', json: Buffer.from('{"'), range },
        { refId: 'B', json: {}, range },
      ],
    });
    expect(asked).toEqual(['B']);
    expect(answers.A).toMatchObject({ status: 400, errorSource: 'downstream', frames: [] });
    expect(answers.B).toMatchObject({ status: 200, error: null });
  });

  it.each([
    ['a bug', new TypeError('db.internal is undefined'), { status: 500, errorSource: 'plugin' }, /^The plugin failed/],
    ['a public error', new PublicError('no such experiment', 404, 'downstream'), { status: 404, errorSource: 'downstream' }, /^no such experiment$/], // prettier-ignore
  ])('turn %s that a handler throws into an error answer', async (_, thrown, expected, message) => {
    const connection = await start({ queryData: () => Promise.reject(thrown) });
    const { A } = await connection.queryData({ ...asker, queries: [{ refId: 'A', json: {}, range }] });
    expect(A).toMatchObject({ ...expected, error: expect.stringMatching(message) as string });
    expect(A?.error).not.toContain('db.internal');
  });

  it('log a bug, but not what was meant for the user', async () => {
    const connection = await start({
      queryData: (_, { queries }) =>
        Promise.reject(queries[0]?.refId === 'A' ? new Error('bug') : new PublicError('public', 400, 'downstream')),
    });
    await connection.queryData({ ...asker, queries: [{ refId: 'B', json: {}, range }] });
    expect(lines).toEqual([]);
    await connection.queryData({ ...asker, queries: [{ refId: 'A', json: {}, range }] });
    expect(lines.join()).toContain('"message":"bug"');
  });

  it.each([
    ['its deadline passes', () => ({ timeoutMs: 1000 }), 4],
    ['its caller gives up', (begun: Promise<void>) => ({ signal: abortedAfter(begun) }), 1],
  ])('abort a query when %s', async (_, createOptions, code) => {
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const reasons: unknown[] = [];
    const connection = await start({
      queryData: async (_instance, _request, signal) => {
        begin();
        await delay(60_000, undefined, { signal }).catch(() => reasons.push(signal.reason));
        return {};
      },
    });
    // Connected first: a deadline that passes before the call arrives aborts nothing.
    await connection.checkHealth(asker);
    const options = createOptions(begun);
    const call = connection.queryData({ ...asker, queries: [{ refId: 'A', json: {}, range }] }, options);
    await expect(call).rejects.toMatchObject({ code });
    while (reasons.length === 0) await delay(10);
    expect(reasons).toMatchObject([{ name: 'AbortError', message: 'the caller cancelled' }]);
  });

  it('carry health with its details', async () => {
    const seen: CallRequest[] = [];
    const connection = await start({
      checkHealth: (_, request) => {
        seen.push(request);
        return Promise.resolve({ status: 'error', message: 'down', details: { sources: ['prometheus'] } });
      },
    });
    expect(await connection.checkHealth(asker)).toEqual({
      status: 'error',
      message: 'down',
      details: { sources: ['prometheus'] },
    });
    expect(seen[0]?.headers.get('fromAlert')).toBe('true');
  });

  it('call a failed health check an error, with its reason', async () => {
    const connection = await start({ checkHealth: () => Promise.reject(new Error('connection refused')) });
    expect(await connection.checkHealth(asker)).toEqual({
      status: 'error',
      message: 'connection refused',
      details: null,
    });
  });

  it('carry a resource call and its answer', async () => {
    const connection = await start({
      callResource: (_, { path, url, method, body, headers }) =>
        Promise.resolve({
          status: 201,
          headers: { 'Content-Type': 'text/plain' },
          body: [path, url, method, Buffer.from(body).toString(), headers.get('FromAlert')].join(' '),
        }),
    });
    const answer = await connection.callResource({ ...asker, path: 'values/x?q=1', method: 'POST', body: 'hello' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.body.toString()).toBe('values/x values/x?q=1 POST hello true');
  });

  it('answer a resource call that throws with the status and words meant for the public', async () => {
    const connection = await start({
      callResource: () => Promise.reject(new PublicError('no such dimension', 404, 'downstream')),
    });
    const { status, body } = await connection.callResource({ ...asker, path: 'x' });
    expect([status, body.toString()]).toEqual([404, '{"message":"no such dimension"}']);
  });

  it('carry metrics', async () => {
    expect(await (await start()).collectMetrics()).toBe('up 1\n');
  });

  it('fail a call of which nothing was foreseen, and go on', async () => {
    const connection = await start({ collectMetrics: () => Promise.reject(new Error('no registry')) });
    await expect(connection.collectMetrics()).rejects.toMatchObject({ code: 13 });
    expect(lines.join()).toContain('no registry');
    expect(await connection.checkHealth(asker)).toMatchObject({ status: 'ok' });
  });

  it('say when the host asks to shut down', async () => {
    const onShutdown = jest.fn();
    await (await start({}, onShutdown)).shutdown();
    expect(onShutdown).toHaveBeenCalledTimes(1);
  });

  it('take an answer larger than the 4 MiB that gRPC allows by default', async () => {
    const body = Buffer.alloc(6_000_000, 1);
    const connection = await start({ callResource: () => Promise.resolve({ status: 200, body }) });
    expect((await connection.callResource({ ...asker, path: 'x', body })).body.length).toBe(body.length);
  });
});
