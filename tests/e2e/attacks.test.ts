/** The page as it is exposed, and everybody who tries to get in or to take it down: each test must fail to. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import selfsigned from 'selfsigned';
import { startPage, type PageOptions, type RunningPage } from '../../web/server/start';
import { dashboardsDir, distDir, ensureBuilt } from './build';
import { ask, RawConnection } from './raw-http';

const USER = 'reader';
const PASSWORD = 'correct horse battery staple';
const authorization = basic(USER, PASSWORD);

const datasources = [{ uid: 'uplift', name: 'Uplift', jsonData: { prometheus: { url: 'http://127.0.0.1:9' } } }];
const running: RunningPage[] = [];

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

async function start(options: Partial<PageOptions>): Promise<RunningPage> {
  const page = await startPage({
    host: '127.0.0.1',
    port: 0,
    datasources,
    distDir,
    dashboardsDir,
    logLevel: 'silent',
    ...options,
  });
  running.push(page);
  return page;
}

/** Behind a password, seen from a proxy on this machine whose word on its client is taken. */
let guarded: RunningPage;
/** The same with little patience, for those who take their time. */
let hasty: RunningPage;
const HASTY = { headersMs: 4_000, requestMs: 6_000, answerMs: 5_000 };
/** By then a connection is ended, however busy the machine. */
const ENDED_MS = 60_000;

beforeAll(async () => {
  await ensureBuilt();
  const access = { kind: 'password', user: USER, password: PASSWORD } as const;
  guarded = await start({ host: '0.0.0.0', access, trustedProxies: ['127.0.0.2'] });
  hasty = await start({ access, limits: HASTY });
});

afterAll(() => Promise.all(running.map((page) => page.stop())));

/** Every way in but the probes. */
const WAYS_IN = [
  ['the page', { path: '/' }],
  ['a dashboard', { path: '/d/uplift-live-ab' }],
  ['the list of dashboards', { path: '/api/search' }],
  ['the settings', { path: '/api/frontend/settings' }],
  ['a query', { path: '/api/ds/query', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
  ['a resource', { path: '/api/datasources/uid/uplift/resources/experiments' }],
  ['the metrics', { path: '/metrics' }],
  ['a plugin', { path: '/public/plugins/modelops-uplift-app/plugin.json' }],
  ['nothing that is there', { path: '/nothing' }],
] as const;

describe('a page that others can reach', () => {
  it.each([
    ['without a password', {}, 'Set DASHBOARD_PASSWORD'],
    ['with a short one', { access: { kind: 'password', user: USER, password: 'short' } }, 'at least 12 characters'],
    ['that believes everybody', { access: { kind: 'proxy', header: 'X-User' } }, 'DASHBOARD_TRUSTED_PROXIES'],
    ['with a certificate that is none', { host: 'localhost', tls: { cert: 'x', key: 'y' } }, 'DASHBOARD_TLS_CERT_FILE'],
  ] as const)('does not start %s, and says how to fix it', async (_, options, fix) => {
    await expect(start({ host: '0.0.0.0', ...options })).rejects.toThrow(fix);
  });

  it.each(WAYS_IN)('asks for the password before %s', async (_, request) => {
    const { status, headers, body } = await ask(guarded.url, request);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('Basic realm="Uplift"');
    expect(body).not.toContain('uplift-live-ab');
  });

  it('lets in who has the password', async () => {
    const { status } = await ask(guarded.url, { path: '/api/search', headers: { authorization } });
    expect(status).toBe(200);
  });

  it.each(['/healthz', '/readyz'])('tells a probe at %s that it is well, and nothing else', async (probe) => {
    const { status, body } = await ask(guarded.url, { path: probe });
    expect(status).toBe(200);
    expect(Object.keys(JSON.parse(body) as object)).toEqual(['status']);
  });

  it('speaks TLS when it has a certificate, and tells browsers to insist on it', async () => {
    const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }]);
    const page = await start({ tls: { cert, key } });
    expect(page.url).toMatch(/^https:/);
    const { headers, statusCode } = await import('node:https').then(
      ({ get }) =>
        new Promise<{ headers: Record<string, unknown>; statusCode?: number }>((resolve, reject) => {
          get(`${page.url}/healthz`, { ca: cert, agent: false }, (response) => {
            response.resume();
            resolve(response);
          }).on('error', reject);
        }),
    );
    expect(statusCode).toBe(200);
    expect(headers['strict-transport-security']).toContain('max-age=');
  });
});

describe('brute force', () => {
  const guess = (client: string, password: string) =>
    ask(guarded.url, {
      path: '/api/search',
      localAddress: '127.0.0.2',
      headers: { 'x-forwarded-for': client, authorization: basic(USER, password) },
    });

  it('ends after ten wrong passwords: even the right one is then refused, to this client only', async () => {
    const guesses = await Promise.all(Array.from({ length: 30 }, (_, index) => guess('203.0.113.1', `guess ${index}`)));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(20);
    const late = await guess('203.0.113.1', PASSWORD);
    expect(late.status).toBe(429);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
    expect((await guess('203.0.113.2', PASSWORD)).status).toBe(200);
  });

  it('is not continued by naming another client: only the proxy is believed', async () => {
    const rotate = (index: number) =>
      ask(guarded.url, {
        path: '/api/search',
        localAddress: '127.0.0.3',
        headers: { 'x-forwarded-for': `203.0.113.${index + 10}`, authorization: basic(USER, `guess ${index}`) },
      });
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, index) => rotate(index)));
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  it('is not continued from the next address of one IPv6 network', async () => {
    const guesses = [];
    for (let index = 0; index < 12; index++) {
      guesses.push(await guess(`2001:db8::${index + 1}`, 'wrong'));
    }
    expect(guesses.map(({ status }) => status).slice(-2)).toEqual([429, 429]);
  });

  it.each([
    ['without credentials', 'Basic'],
    ['not Base64', 'Basic !!!'],
    ['of another scheme', 'Bearer x'],
    ['much too long', `Basic ${'A'.repeat(10_000)}`],
    ['with an empty name and password', 'Basic Og=='],
  ])('is not helped by a header %s', async (_, header) => {
    const request = { path: '/api/search', localAddress: '127.0.0.4', headers: { authorization: header } };
    expect((await ask(guarded.url, request)).status).toBe(401);
  });
});

describe('header smuggling', () => {
  const HEADER = 'X-Forwarded-User';
  const PROXY = '127.0.0.9';
  let page: RunningPage;
  beforeAll(async () => {
    page = await start({ access: { kind: 'proxy', header: HEADER }, trustedProxies: [PROXY] });
  });

  const send = (headers: Record<string, string | string[]>, localAddress = PROXY) =>
    ask(page.url, { path: '/api/search', headers, localAddress });

  it('does not keep out who the proxy names', async () => {
    expect((await send({ [HEADER]: 'ada@example.com' })).status).toBe(200);
  });

  it.each([
    ['the header from another address', { [HEADER]: 'ada' }, '127.0.0.1'],
    [
      'another address that claims to be the proxy',
      { [HEADER]: 'ada', 'X-Forwarded-For': PROXY, 'X-Real-IP': PROXY, Forwarded: `for=${PROXY}` },
      '127.0.0.1',
    ],
    ['the header twice', { [HEADER]: ['mallory', 'ada'] }, PROXY],
    ['the header empty', { [HEADER]: '' }, PROXY],
    ['a list in the header', { [HEADER]: 'mallory, ada' }, PROXY],
    ['a header that some servers take for it', { X_Forwarded_User: 'ada' }, PROXY],
    ['a password instead', { authorization }, PROXY],
  ])('%s does not get in', async (_, headers, from) => {
    expect((await send(headers, from)).status).toBe(401);
  });

  it.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 40\r\n'],
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'],
    ['chunks that are none', 'Transfer-Encoding: xchunked\r\n'],
    ['a header folded over lines', 'X-Thing: a\r\n b: c\r\n'],
    ['a space before the colon', `${HEADER} : ada\r\n`],
    ['a bare line feed', `X-Thing: a\n${HEADER}: ada\r\n`],
  ])('%s: no second request hides in the first', async (_, lines) => {
    const connection = await RawConnection.open(guarded.url);
    const hidden = `GET /api/search HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`;
    connection.write(`POST /api/ds/query HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n0\r\n\r\n${hidden}`);
    const heard = await connection.hear();
    expect(heard).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(heard).not.toContain('uplift-live-ab');
    connection.close();
  });
});

describe('traversal', () => {
  it.each([
    '/../../../../etc/passwd',
    '/assets/../../../package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/assets/..%252f..%252fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/....//....//package.json',
    '/assets/%c0%ae%c0%ae/package.json',
    '/assets/index.js%00.json',
    '/public/plugins/modelops-uplift-app/../../package.json',
    '/public/plugins/modelops-uplift-app/%2e%2e%2f%2e%2e%2fpackage.json',
    '/public/plugins/modelops-uplift-datasource/gpx_uplift_linux_amd64',
    '/public/fonts/inter/%2e%2e/%2e%2e/package.json',
    '/public/build/img/icons/..%2f..%2f..%2fpackage.json',
    '/api/dashboards/uid/..%2f..%2f..%2fpackage',
    '/api/datasources/uid/uplift/resources/..%2f..%2fhealth',
    '//etc/passwd',
    '/.env',
    '/.vite/manifest.json',
  ])('%s hands out nothing', async (target) => {
    const { status, body } = await ask(guarded.url, { path: target, headers: { authorization } });
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toMatch(/root:|modelops-uplift"|"dependencies"|ELF/);
  });
});

describe('a cross-site POST', () => {
  const body = JSON.stringify({ queries: [{ refId: 'A', datasource: { uid: 'uplift' }, queryType: 'status' }] });
  const post = (headers: Record<string, string>) =>
    ask(guarded.url, { path: '/api/ds/query', method: 'POST', headers: { authorization, ...headers }, body });
  const json = { 'content-type': 'application/json' };

  it('is told from one of our own', async () => {
    const { port } = new URL(guarded.url);
    const own = { ...json, host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect((await post({ ...own, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it.each([
    ['from another site', { ...json, origin: 'http://evil.example' }, 403],
    ['from nowhere, as a sandboxed frame sends it', { ...json, origin: 'null' }, 403],
    ['from another port of this machine', { ...json, origin: 'http://localhost:1' }, 403],
    ['that hides its origin, but not its site', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sister domain', { ...json, 'sec-fetch-site': 'same-site' }, 403],
    ['of a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['of plain text', { 'content-type': 'text/plain' }, 415],
    ['of a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['of something that only ends in JSON', { 'content-type': 'text/plain; application/json' }, 415],
  ])('%s is refused', async (_, headers, status) => {
    expect((await post(headers)).status).toBe(status);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('nothing is changed by %s: the page is read-only', async (method) => {
    for (const target of ['/api/ds/query', '/api/dashboards/uid/uplift-live-ab', '/api/datasources/uid/uplift']) {
      const { status } = await ask(guarded.url, { path: target, method, headers: { authorization } });
      expect(status).toBe(404);
    }
  });

  it('no site may read an answer: no CORS header is ever sent', async () => {
    const { headers } = await ask(guarded.url, {
      path: '/api/search',
      headers: { authorization, origin: 'http://evil.example' },
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

const megabytes = () => process.memoryUsage().rss / 1024 ** 2;
const head = (lines: string[]) =>
  [...lines, 'Host: localhost', `Authorization: ${authorization}`, 'Content-Type: application/json', '', ''].join(
    '\r\n',
  );

describe('an oversized body', () => {
  const SIZE = 100_000_000;
  const PIECE = 'x'.repeat(1_000_000);

  it.each([
    ['that says how long it is', `Content-Length: ${SIZE}`, (piece: string) => piece],
    ['that does not', 'Transfer-Encoding: chunked', (piece: string) => `${piece.length.toString(16)}\r\n${piece}\r\n`],
  ])('of 100 MB %s is refused before it is taken in', async (_, length, wrap) => {
    const before = megabytes();
    const connection = await RawConnection.open(guarded.url);
    connection.write(head(['POST /api/ds/query HTTP/1.1', length]));
    for (let sent = 0; sent < SIZE && !connection.isEnded && connection.received === ''; sent += PIECE.length) {
      connection.write(wrap(PIECE));
      // Half a hundred MB wait in this process otherwise: what is measured is what the server takes.
      await delay(5);
    }
    // Ended with more on its way, a connection may lose its last words.
    expect(await connection.hear(ENDED_MS)).toMatch(/^(HTTP\/1\.1 413|$)/);
    expect(connection.isEnded).toBe(true);
    expect(megabytes() - before).toBeLessThan(60);
    connection.close();
  });

  it('that is compressed is not unpacked', async () => {
    const headers = { authorization, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const { status } = await ask(guarded.url, { path: '/api/ds/query', method: 'POST', headers, body: 'x' });
    expect([400, 415]).toContain(status);
  });

  it('a header of 100 kB is refused', async () => {
    const connection = await RawConnection.open(guarded.url);
    connection.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`);
    expect(await connection.hear()).toMatch(/^HTTP\/1\.1 431/);
    connection.close();
  });
});

/** Somebody honest is answered, and not only once the others are gone. */
async function expectHonestIsAnsweredBeside(others: readonly RawConnection[]): Promise<void> {
  const { status } = await ask(hasty.url, { path: '/api/search', headers: { authorization } });
  expect(status).toBe(200);
  expect(others.filter(({ isEnded }) => !isEnded).length).toBeGreaterThan(0);
}

async function openMany(base: string, count: number): Promise<RawConnection[]> {
  return Promise.all(Array.from({ length: count }, () => RawConnection.open(base)));
}

async function expectAllEnded(connections: readonly RawConnection[]): Promise<void> {
  await Promise.all(connections.map((connection) => connection.hear(ENDED_MS)));
  expect(connections.filter(({ isEnded }) => !isEnded)).toHaveLength(0);
}

describe('slowloris', () => {
  it('drips headers in vain: the honest are answered, the connections ended', async () => {
    const connections = await openMany(hasty.url, 300);
    for (const connection of connections) {
      connection.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
    }
    const drip = setInterval(() => connections.forEach((connection) => connection.write('X-A: b\r\n')), 200);
    await expectHonestIsAnsweredBeside(connections);
    await expectAllEnded(connections);
    clearInterval(drip);
  });

  it('drips a body in vain', async () => {
    const connections = await openMany(hasty.url, 50);
    for (const connection of connections) {
      connection.write(head(['POST /api/ds/query HTTP/1.1', 'Content-Length: 1000']));
    }
    const drip = setInterval(() => connections.forEach((connection) => connection.write(' ')), 200);
    await expectAllEnded(connections);
    clearInterval(drip);
  });
});

describe('slow readers', () => {
  /** Asked for one after the other: more than the system's own buffers take, which make any reader look like a quick one. */
  const ANSWERS = 4;

  it('who never take their answer are cut off, and hold little memory meanwhile', async () => {
    const assets = path.join(process.cwd(), 'web/dist/assets');
    const files = (await readdir(assets)).filter((file) => file.endsWith('.js'));
    const sizes = await Promise.all(
      files.map(async (file) => ({ file, size: (await stat(path.join(assets, file))).size })),
    );
    const [largest] = sizes.sort((a, b) => b.size - a.size);
    const before = megabytes();
    const connections = await openMany(hasty.url, 100);
    for (const connection of connections) {
      connection.socket.pause();
      connection.write(head([`GET /assets/${largest?.file ?? ''} HTTP/1.1`]).repeat(ANSWERS));
    }
    await expectHonestIsAnsweredBeside(connections);
    // The server's clock runs in this process: what it cuts off by then is cut off.
    await delay(2 * HASTY.answerMs);
    // Of 400 answers of two MB and more.
    expect(megabytes() - before).toBeLessThan(150);
    for (const connection of connections) {
      connection.socket.resume();
    }
    await expectAllEnded(connections);
    const whole = ANSWERS * (largest?.size ?? 0);
    expect(connections.filter(({ received }) => received.length >= whole)).toHaveLength(0);
  });
});

describe('1,000 connections', () => {
  it('that say nothing leave room for the honest, and are ended', async () => {
    const connections = await openMany(guarded.url, 1_000);
    expect(connections.filter(({ isEnded }) => isEnded)).toHaveLength(0);
    const { status } = await ask(guarded.url, { path: '/api/search', headers: { authorization } });
    expect(status).toBe(200);
    await expectAllEnded(connections);
  });

  it('are more than a page with fewer takes: the rest are refused, and it answers once they are gone', async () => {
    const page = await start({ limits: { connections: 20, headersMs: 4_000 } });
    const connections = await openMany(page.url, 40);
    await expectAllEnded(connections);
    // Who was let in is told that it took too long; who was not is told nothing.
    expect(connections.filter(({ received }) => received === '').length).toBeGreaterThanOrEqual(20);
    expect((await ask(page.url, { path: '/healthz' })).status).toBe(200);
  });
});
