/** The page's server over the built backend, with no store behind it: what it answers, and what it refuses. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { z } from 'zod';
import { EMPTY_MATRIX } from '../../pkg/sources/recorded-server';
import { startPage, type RunningPage } from '../../web/server/start';
import { dashboardsDir, distDir, ensureBuilt } from './build';

let page: RunningPage;

beforeAll(async () => {
  await ensureBuilt();
  const dataSource = { uid: 'uplift', name: 'Uplift', jsonData: { prometheus: { url: 'http://127.0.0.1:9' } } };
  page = await startPage({ port: 0, datasources: [dataSource], distDir, dashboardsDir, logLevel: 'silent' });
});

afterAll(() => page.stop());

const JSON_HEADERS = { 'content-type': 'application/json' };

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${page.url}/api/ds/query`, {
    method: 'POST',
    headers: { ...JSON_HEADERS, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const queryOf = (fields: Record<string, unknown>, range: Record<string, unknown> = { from: 'now-24h', to: 'now' }) => ({
  ...range,
  queries: [{ refId: 'A', datasource: { uid: 'uplift' }, ...fields }],
});

/** A GET that no URL parser has tidied, with any Host. */
function getRaw(path: string, host?: string): Promise<number> {
  const { port } = new URL(page.url);
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('queries', () => {
  it('answers in Grafana’s shape', async () => {
    const response = await post(queryOf({ queryType: 'status' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      results: { A: { status: 200, frames: [{ schema: { name: 'sources', refId: 'A' }, data: {} }] } },
    });
  });

  it('answers an error for the query it belongs to, and data for the others', async () => {
    const body = queryOf({ queryType: 'status' });
    const response = await post({
      ...body,
      queries: [
        ...body.queries,
        { refId: 'B', datasource: { uid: 'uplift' }, queryType: 'experiment', experiment: 'x' },
      ],
    });
    expect(response.status).toBe(207);
    expect(await response.json()).toMatchObject({
      results: { A: { status: 200 }, B: { frames: [], error: expect.stringContaining('x') as string } },
    });
  });

  it('names the data sources there are when another is asked for', async () => {
    const response = await post({ queries: [{ refId: 'A', datasource: { uid: 'other' }, queryType: 'status' }] });
    expect(await response.json()).toMatchObject({
      results: { A: { status: 404, error: 'There is no data source “other” here; there is “uplift”.' } },
    });
  });

  it.each([
    ['no queries', { from: 'now-1h', to: 'now', queries: [] }, /queries/],
    ['no data source', { queries: [{ refId: 'A' }] }, /queries\.0\.datasource/],
    ['a range that is none', queryOf({}, { from: 'yesterday', to: 'now' }), /yesterday/],
    ['a range backwards', queryOf({}, { from: 'now', to: 'now-1h' }), /from before to/],
    ['no JSON', '{"queries":', /JSON/],
  ])('refuses %s and says what is wrong', async (_what, body, message) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.stringMatching(message) as string });
  });
});

describe('the backend', () => {
  it('is started again when it dies', async () => {
    const children = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(process.pid)], { encoding: 'utf8' });
    const [, pid] = /(\d+) gpx_uplift/.exec(children) ?? [];
    process.kill(Number(pid), 'SIGKILL');
    const response = await post(queryOf({ queryType: 'status' }));
    // Killed under the request, the request is asked again; killed before it, it waits for the next process.
    expect(response.status).toBe(200);
  });

  it('answers resources and health', async () => {
    const base = `${page.url}/api/datasources/uid/uplift`;
    expect(await (await fetch(`${base}/resources/sources`)).json()).toHaveLength(3);
    const health = await fetch(`${base}/health`);
    expect(await health.json()).toMatchObject({
      status: 'ERROR',
      message: expect.stringContaining('Prometheus') as string,
    });
  });
});

describe('what the server refuses', () => {
  it('a name that is not its own', async () => {
    expect(await getRaw('/api/frontend/settings', 'evil.example')).toBe(403);
  });

  it.each(['no-such', 'ü'.repeat(40)])('the dashboard “%s”, which it does not have, and says so', async (uid) => {
    const response = await fetch(`${page.url}/api/dashboards/uid/${encodeURIComponent(uid)}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: `There is no dashboard “${uid}” here.` });
  });

  it('to start on a port that is taken, and says which', async () => {
    const port = Number(new URL(page.url).port);
    const options = { datasources: [], distDir, dashboardsDir, logLevel: 'silent' as const };
    await expect(startPage({ ...options, port })).rejects.toThrow(`Port ${port} is taken`);
  });
});

describe('what the browser is told', () => {
  it('holds no host and no user of a store', async () => {
    const settings = await (await fetch(`${page.url}/api/frontend/settings`)).text();
    expect(settings).not.toContain('127.0.0.1:9');
  });

  it('a module compressed as the build left it, where the browser takes that, and else as it is', async () => {
    const ask = (encoding: string) =>
      fetch(`${page.url}/public/plugins/modelops-uplift-datasource/module.js`, {
        headers: { 'accept-encoding': encoding },
      });
    const [plain, ...compressed] = await Promise.all(['identity', 'br', 'gzip'].map(ask));
    const code = await plain?.text();
    expect(plain?.headers.get('content-encoding')).toBeNull();
    expect(code).toContain('define(');
    for (const response of compressed) {
      expect(response.headers.get('vary')).toBe('accept-encoding');
      expect(await response.text()).toBe(code);
    }
    expect(compressed.map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', 'gzip']);
  });

  it('forbids inline scripts and framing', async () => {
    const { headers } = await fetch(page.url);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });
});

describe('a page that is asked to stop', () => {
  it('lets a running query end, takes no new one, and is gone then', async () => {
    let slow = createServer();
    let answerQuery = (): void => undefined;
    // The page asks at its start as well; what is waited for is the query.
    const isAsked = new Promise<void>((resolve) => {
      slow = createServer(({ url }, response) => {
        const answer = () => response.setHeader('content-type', 'application/json').end(EMPTY_MATRIX);
        if (url === '/api/v1/query_range') {
          answerQuery = answer;
          resolve();
        } else {
          answer();
        }
      });
    });
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const { port } = z.object({ port: z.number() }).parse(slow.address());
    const jsonData = { prometheus: { url: `http://127.0.0.1:${port}` } };
    const datasources = [{ uid: 'uplift', name: 'Uplift', jsonData }];
    const stopping = await startPage({ port: 0, datasources, distDir, dashboardsDir, logLevel: 'silent' });
    const body = JSON.stringify(queryOf({ queryType: 'prometheus', expr: 'up' }));
    const running = fetch(`${stopping.url}/api/ds/query`, { method: 'POST', headers: JSON_HEADERS, body });
    await isAsked;
    const stopped = stopping.stop();
    await expect(fetch(`${stopping.url}/healthz`)).rejects.toThrow();
    answerQuery();
    const answer = await running;
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveProperty('results.A.status', 200);
    await stopped;
    slow.close();
  });
});

describe('/metrics', () => {
  it('tells of the page and of its backend, and names no experiment and no host', async () => {
    await post(queryOf({ queryType: 'experiment', experiment: 'checkout-ranking' }));
    await fetch(`${page.url}/d/uplift-live-ab`);
    const text = await (await fetch(`${page.url}/metrics`)).text();
    for (const family of [
      'uplift_page_requests_total{route="/api/ds/query",method="POST"',
      'uplift_page_request_duration_seconds_bucket{',
      'uplift_page_answers_total{origin="asked"}',
      'uplift_queries_total{query_type="experiment"',
      'uplift_query_duration_seconds_bucket{',
      'uplift_cache_requests_total{outcome="miss"}',
      'uplift_breaker_open{datasource="uplift",source="prometheus",endpoint="primary"}',
      'uplift_upstream_requests_total{source="prometheus",endpoint="primary",outcome="network"}',
      'uplift_upstream_duration_seconds_count{source="prometheus"}',
    ]) {
      expect(text).toContain(family);
    }
    expect(text).not.toMatch(/checkout-ranking|uplift-live-ab|127\.0\.0\.1/);
  });
});
