import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import type { HttpOptions } from './exchange';
import { HttpClient } from './client';

const MEBIBYTE = 1024 * 1024;
const patient = () => new AbortController().signal;

const handler: http.RequestListener = (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://store');
  switch (pathname) {
    case '/silent':
      return;
    case '/drip': {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => {
        clearInterval(timer);
      });
      return;
    }
    case '/bomb':
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(3 * MEBIBYTE)));
      return;
    case '/gzip':
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'));
      return;
    case '/redirect':
      response.writeHead(302, { location: '/echo' }).end();
      return;
    case '/reset':
      request.socket.destroy();
      return;
    case '/cut':
      response.writeHead(200, { 'content-length': '100' });
      response.write('half of it');
      setTimeout(() => request.socket.destroy(), 20);
      return;
    case '/401':
    case '/403':
    case '/500':
      response.writeHead(Number(pathname.slice(1))).end('{"error":"at 10.1.2.3"}');
      return;
    default: {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.end(JSON.stringify({ url: request.url, headers: request.headers, body })));
    }
  }
};

const servers: Array<http.Server | https.Server> = [];
const clients: HttpClient[] = [];

async function listen(server: http.Server | https.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return (address as AddressInfo).port;
}

let url: string;
beforeAll(async () => {
  url = `http://127.0.0.1:${String(await listen(http.createServer(handler)))}`;
});
afterEach(() => {
  clients.splice(0).forEach((client) => client.dispose());
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

function client(overrides: Partial<HttpOptions> = {}): HttpClient {
  const made = new HttpClient({
    source: 'prometheus',
    url,
    auth: { kind: 'none' },
    headers: {},
    timeoutMs: 10_000,
    maxBytes: MEBIBYTE,
    tls: { skipVerify: false },
    ...overrides,
  });
  clients.push(made);
  return made;
}

const get = (path: string, overrides: Partial<HttpOptions> = {}) =>
  client(overrides).send({ method: 'GET', path }, patient());

const echo = async (
  overrides: Partial<HttpOptions>,
): Promise<{ url: string; headers: Record<string, string>; body: string }> =>
  JSON.parse((await get('/echo', overrides)).body) as { url: string; headers: Record<string, string>; body: string };

test('parameters are encoded in the address and in the body, after the address’s own path', async () => {
  const reply = await client({ url: `${url}/prometheus/` }).send(
    {
      method: 'POST',
      path: '/api/v1/query',
      query: { 'match[]': ['a&b', 'c'] },
      form: { query: 'up{a="=&+"}', absent: undefined },
    },
    patient(),
  );
  const sent = JSON.parse(reply.body) as { url: string; body: string };
  expect(sent.url).toBe('/prometheus/api/v1/query?match[]=a%26b&match[]=c'.replaceAll('[]', '%5B%5D'));
  expect(new URLSearchParams(sent.body).get('query')).toBe('up{a="=&+"}');
});

test.each([
  [{ kind: 'none' }, undefined],
  [{ kind: 'basic', user: 'ann', password: 'sécret' }, `Basic ${Buffer.from('ann:sécret').toString('base64')}`],
  [{ kind: 'token', scheme: 'Bearer', token: 't' }, 'Bearer t'],
  [{ kind: 'token', scheme: 'Token', token: 't' }, 'Token t'],
] as const)('credentials %o are sent as they should', async (auth, expected) => {
  expect((await echo({ auth })).headers.authorization).toBe(expected);
});

test('configured headers are sent', async () => {
  expect((await echo({ headers: { 'X-Scope-OrgID': 'tenant-a' } })).headers['x-scope-orgid']).toBe('tenant-a');
});

test('a compressed body is read', async () => {
  expect((await get('/gzip')).body).toBe('{"a":1}');
});

test('an error status with words is the store’s to explain', async () => {
  expect(await get('/500')).toMatchObject({ status: 500, body: '{"error":"at 10.1.2.3"}' });
});

test.each([
  ['/silent', { class: 'timeout', field: 'prometheus.timeoutSeconds' }],
  ['/drip', { class: 'timeout' }],
])('%s is classified', async (path, failure) => {
  await expect(get(path, { timeoutMs: 400 })).rejects.toMatchObject({ failure: { source: 'prometheus', ...failure } });
});

test.each([
  ['/bomb', { class: 'limit', field: 'limits.bytes', message: 'Prometheus’s answer is larger than 1 MiB.' }],
  ['/reset', { class: 'network' }],
  ['/cut', { class: 'network', message: 'Prometheus: the connection was reset before the answer was complete.' }],
  ['/redirect', { class: 'config', field: 'prometheus.url' }],
  ['/401', { class: 'auth', message: 'Prometheus wants credentials, and none are set.' }],
  ['/403', { class: 'auth' }],
])('%s is classified', async (path, failure) => {
  await expect(get(path)).rejects.toMatchObject({ failure: { source: 'prometheus', ...failure } });
});

test.each([
  [{ kind: 'basic', user: 'ann', password: 'hush' }, 'prometheus.user'],
  [{ kind: 'token', scheme: 'Bearer', token: 'hush' }, 'prometheus.token'],
] as const)('refused credentials %o are told from missing ones', async (auth, field) => {
  const message = 'Prometheus refused the credentials.';
  await expect(get('/401', { auth })).rejects.toMatchObject({ failure: { class: 'auth', field, message } });
});

test.each([
  [
    'a closed port',
    'http://127.0.0.1:1',
    { class: 'network', message: 'Prometheus: nothing listens at the configured address.' },
  ],
  ['an unknown host', 'http://no-such-host.invalid', { class: 'network' }],
])('%s is classified', async (_case, address, failure) => {
  await expect(get('/', { url: address, timeoutMs: 5000 })).rejects.toMatchObject({ failure });
});

test('no message names the host or the credentials', async () => {
  const auth = { kind: 'basic', user: 'ann', password: 'hush' } as const;
  for (const path of ['/silent', '/bomb', '/reset', '/redirect', '/401']) {
    const thrown: unknown = await get(path, { auth }).catch((error: unknown) => error);
    const { failure } = thrown as { failure: { message: string; fix: string } };
    expect(`${failure.message} ${failure.fix}`).not.toMatch(/127\.0\.0\.1|ann|hush/);
  }
});

test('a caller who gives up gets its own reason back, at once', async () => {
  const caller = new AbortController();
  const asked = client({ timeoutMs: 10_000 }).send({ method: 'GET', path: '/silent' }, caller.signal);
  caller.abort(new Error('the panel was closed'));
  await expect(asked).rejects.toThrow('the panel was closed');
});

describe('over TLS', () => {
  let authority: { ca: string; address: string; client: { cert: string; key: string } };
  let port: number;

  beforeAll(async () => {
    const usage = { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true } as const;
    const root = await generate([{ name: 'commonName', value: 'test authority' }], {
      algorithm: 'sha256',
      extensions: [{ name: 'basicConstraints', cA: true, critical: true }, usage],
    });
    const signed = (name: string) =>
      generate([{ name: 'commonName', value: name }], {
        algorithm: 'sha256',
        ca: { key: root.private, cert: root.cert },
        extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
      });
    const [store, user] = await Promise.all([signed('store.test'), signed('ann')]);
    const server = https.createServer(
      { key: store.private, cert: store.cert, ca: root.cert, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const { socket } = request;
        response.end('authorized' in socket && socket.authorized === true ? 'known' : 'stranger');
      },
    );
    port = await listen(server);
    authority = {
      ca: root.cert,
      address: `https://127.0.0.1:${String(port)}`,
      client: { cert: user.cert, key: user.private },
    };
  });

  const over = (tls: Partial<HttpOptions['tls']>, more: Partial<HttpOptions> = {}) =>
    get('/', { url: authority.address, timeoutMs: 5000, tls: { skipVerify: false, ...tls }, ...more });

  test('a certificate of an unknown authority is refused', async () => {
    await expect(over({})).rejects.toMatchObject({
      failure: { class: 'tls', message: 'Prometheus: its certificate is not signed by a trusted authority.' },
    });
  });

  test('the configured authority is trusted, for the configured name', async () => {
    expect((await over({ ca: authority.ca, serverName: 'store.test' })).body).toBe('stranger');
  });

  test('a certificate for another name is refused', async () => {
    await expect(over({ ca: authority.ca })).rejects.toMatchObject({
      failure: { class: 'tls', message: 'Prometheus: its certificate is for another host name.' },
    });
  });

  test('verification can be skipped', async () => {
    expect((await over({ skipVerify: true })).status).toBe(200);
  });

  test('a client certificate is shown', async () => {
    const { cert, key } = authority.client;
    const reply = await over(
      { ca: authority.ca, serverName: 'store.test', clientCertificate: cert },
      { clientKey: key },
    );
    expect(reply.body).toBe('known');
  });

  test('https to a port without TLS is said so', async () => {
    await expect(over({}, { url: url.replace('http:', 'https:') })).rejects.toMatchObject({
      failure: { class: 'tls', message: 'Prometheus: the port does not speak TLS.' },
    });
  });
});
