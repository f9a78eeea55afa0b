/**
 * Flux and SQL over real HTTP: against a server that answers in the recorded shapes, and against a real InfluxDB 2 or 3
 * where INFLUX2_URL or INFLUX3_URL names one (with …_TOKEN, …_DATABASE, and INFLUX2_ORG).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import pino from 'pino';
import { settingsSchema, type SettingsInput } from '../../src/contract/settings';
import { InfluxSource } from '../../pkg/sources/influx/influx-source';

const signal = new AbortController().signal;
const HOUR = 3_600_000;
const period = { from: Date.UTC(2026, 10, 22, 13), to: Date.UTC(2026, 10, 22, 17) };
const TOKEN = 'reader';

type Answer = (path: string, body: Record<string, unknown>) => { status: number; body: string } | null;

/** Checks what a real server checks: the token, the content type, a JSON body. */
function serve(answer: Answer) {
  return createServer((request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      const reply = (status: number, body: string) => response.writeHead(status).end(body);
      if (request.headers.authorization !== `Token ${TOKEN}`) {
        reply(401, path.startsWith('/api/v3') ? '' : '{"code":"unauthorized","message":"unauthorized access"}');
      } else if (/\/write/.test(path)) {
        reply(403, '{"code":"forbidden","message":"insufficient permissions for write"}');
      } else {
        const text = Buffer.concat(parts).toString();
        const json = request.headers['content-type'] === 'application/json' ? (JSON.parse(text) as Record<string, unknown>) : {}; // prettier-ignore
        const own = answer(path, json);
        reply(own?.status ?? 404, own?.body ?? '404 page not found');
      }
    });
  });
}

const csv = (result: string, types: string, names: string, ...rows: string[]) =>
  [`#datatype,string,long,${types}`, `#group,false,false${',false'.repeat(types.split(',').length)}`, `#default,${result},${','.repeat(types.split(',').length)}`, `,result,table,${names}`, ...rows.map((row) => `,,0,${row}`), '', ''].join('\r\n'); // prettier-ignore

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

const flux: Answer = (path, body) => {
  const query = textOf(body.query);
  if (path === '/health') return { status: 200, body: '{"name":"influxdb","status":"pass","version":"v2.7.12"}' };
  if (path !== '/api/v2/query') return null;
  if (!JSON.stringify(body.extern).includes('"my-bucket"')) return { status: 404, body: '{"code":"not found","message":"failed to initialize execute state: could not find bucket \\"nobucket\\""}' }; // prettier-ignore
  if (query.includes('_measurement"')) return { status: 200, body: csv('_result', 'string', '_value', 'model_scoring', 'model_drift') }; // prettier-ignore
  if (query.includes('tagValues')) return { status: 200, body: csv('_result', 'string', '_value', 'baseline', 'enhanced') }; // prettier-ignore
  if (query.includes('last()')) return { status: 200, body: csv('last', 'dateTime:RFC3339', '_time', '2026-11-22T16:13:36.9Z') }; // prettier-ignore
  return { status: 200, body: csv('rows', 'dateTime:RFC3339,string,long', '_time,variant,_value', '2026-11-22T14:00:00Z,baseline,43968', '2026-11-22T15:00:00Z,baseline,41304', '2026-11-22T14:00:00Z,enhanced,18389') }; // prettier-ignore
};

const sql: Answer = (path, body) => {
  const query = textOf(body.q);
  if (path === '/ping') return { status: 200, body: '{"version":"3.10.0","revision":"d783411"}' };
  if (path !== '/api/v3/query_sql') return null;
  if (body.db !== 'my-bucket') return { status: 404, body: 'database not found: nodb' };
  const values = (...all: string[]) => ({ status: 200, body: JSON.stringify(all.map((value) => ({ value }))) });
  if (query.includes('information_schema.tables')) return values('model_scoring', 'model_drift');
  if (query.includes('information_schema.columns')) return values('time', 'variant', 'rows_scored');
  if (query.includes('DISTINCT')) return values('baseline', 'enhanced');
  if (query.includes('min(time)')) return { status: 200, body: '[{"first":"2026-11-22T13:00:00","newest":"2026-11-22T16:13:36.900000000"}]' }; // prettier-ignore
  return { status: 200, body: '[{"bucket":"2026-11-22T14:00:00","t0":"baseline","c0":43968},{"bucket":"2026-11-22T15:00:00","t0":"baseline","c0":41304},{"bucket":"2026-11-22T14:00:00","t0":"enhanced","c0":18389}]' }; // prettier-ignore
};

function sourceOf(influx: NonNullable<SettingsInput['influx']>, token: string): InfluxSource {
  const { influx: settings, mapping, limits } = settingsSchema.parse({ influx });
  if (!settings) throw new Error('the settings have no influx');
  return new InfluxSource({ settings, mapping: mapping.influx, limits, secrets: { influxToken: token }, logger: pino({ level: 'silent' }) }); // prettier-ignore
}

describe.each([
  ['flux', flux, 'v2.7.12'],
  ['sql', sql, '3.10.0'],
] as const)('InfluxDB asked in %s', (dialect, answer, version) => {
  let server: Server;
  let url: string;
  const connect = (database = 'my-bucket', token = TOKEN) => sourceOf({ url, dialect, database, organisation: 'my-org' }, token); // prettier-ignore

  beforeAll(async () => {
    server = serve(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  test('the connection test finds version, measurements, variants and the newest sample', async () => {
    expect(await connect().probe(signal)).toMatchObject({
      version,
      newestSample: Date.UTC(2026, 10, 22, 16, 13, 36, 900),
      found: '2 measurements, 2 variants',
      warnings: [],
      endpoint: 'primary',
    });
  });

  test('a chart has a series a variant, in hours', async () => {
    // In the recorded shape the result carries the column’s name.
    const { series } = await connect().timeline({ metric: 'rows_scored', experiment: null, by: ['variant'], filters: {}, period, stepMs: HOUR }, signal); // prettier-ignore
    expect(series.map(({ labels, times, values }) => [labels.variant, Array.from(times), Array.from(values)])).toEqual([
      ['baseline', [Date.UTC(2026, 10, 22, 14), Date.UTC(2026, 10, 22, 15)], [43_968, 41_304]],
      ['enhanced', [Date.UTC(2026, 10, 22, 14)], [18_389]],
    ]);
  });

  test('a wrong token and a wrong database are worded differently, each with its fix', async () => {
    const failed = (source: InfluxSource) => source.probe(signal).then(() => null, (error: unknown) => error); // prettier-ignore
    expect(await failed(connect('my-bucket', 'wrong'))).toMatchObject({ failure: { class: 'auth', message: expect.stringContaining('refused') as unknown } }); // prettier-ignore
    expect(await failed(connect('nodb'))).toMatchObject({ failure: { class: 'config', field: 'influx.database' } });
  });
});

const real = (name: 'INFLUX2' | 'INFLUX3', dialect: 'flux' | 'sql') => {
  const url = process.env[`${name}_URL`];
  const run = url === undefined ? test.skip : test;
  run(`a real server of ${name}_URL answers in ${dialect} (skipped: ${name}_URL names none)`, async () => {
    const source = sourceOf({ url: url ?? '', dialect, database: process.env[`${name}_DATABASE`] ?? 'ml_monitoring', organisation: process.env[`${name}_ORG`] }, process.env[`${name}_TOKEN`] ?? ''); // prettier-ignore
    const probe = await source.probe(signal);
    expect(probe.version).not.toBeNull();
    const to = Math.floor(Date.now() / HOUR) * HOUR;
    const request = { metric: 'latency_mean_ms', experiment: null, by: ['variant'], filters: {}, period: { from: to - 24 * HOUR, to }, stepMs: HOUR } as const; // prettier-ignore
    const { series } = await source.timeline(request, signal);
    expect(series.every(({ times, values }) => times.length === values.length)).toBe(true);
    await source.dispose();
  });
};
real('INFLUX2', 'flux');
real('INFLUX3', 'sql');
