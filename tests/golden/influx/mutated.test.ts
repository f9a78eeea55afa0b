/** A store, or what stands before it, may send anything: every body is a result or a typed error, quickly and in little memory. */
import { FailureError } from '../../../src/contract/failure';
import type { InfluxDialect } from '../../../pkg/sources/influx/dialect';
import { Flux } from '../../../pkg/sources/influx/flux/flux';
import { InfluxQl } from '../../../pkg/sources/influx/influxql/influxql';
import { InfluxSql } from '../../../pkg/sources/influx/sql/sql';
import { RecordedServer } from '../../../pkg/sources/recorded-server';
import { readSamples } from './samples';

const BODIES = 100_000;
const LONGEST_SEED = 2000;
const MEMORY_CAP = 512 * 1024 * 1024;
const signal = new AbortController().signal;

/** Mulberry32: the same bodies on every machine. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PIECES = ['"', '\n', '\r\n', ',', '#default', '#datatype', 'NaN', '+Inf', 'null', '{', '}', ']', '[', '\\u0000', ',error,reference\r\n', '1e999', '\ufeff', 'é', '-', ':']; // prettier-ignore

function mutate(body: string, random: () => number): string {
  let text = body;
  for (let round = 1 + Math.floor(random() * 3); round > 0; round -= 1) {
    const at = Math.floor(random() * (text.length + 1));
    const length = Math.floor(random() * 12);
    const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '';
    switch (Math.floor(random() * 4)) {
      case 0:
        text = text.slice(0, at);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(at + length);
        break;
      case 2:
        text = text.slice(0, at) + piece + text.slice(at);
        break;
      default:
        text = text.slice(0, at) + text.slice(at, at + length * 20) + text.slice(at);
    }
  }
  return text;
}

const SQL_BODIES = [
  '[{"time":"2065-01-07T17:28:51","a":1},{"time":"2065-01-07T17:28:51.123456789","b":"x"}]',
  '[]',
  '{"error":"database not found"}',
];

test(`${String(BODIES)} mutated bodies are each a result or a typed error`, async () => {
  const seeds = [...readSamples().map(({ body }) => body.slice(0, LONGEST_SEED)), ...SQL_BODIES];
  const random = randomOf(20_260_101);
  let body = '';
  let status = 200;
  const server = new RecordedServer(() => ({ status, body }));
  const dialects: InfluxDialect[] = [
    new InfluxQl(server, 'd'),
    new Flux(server, { bucket: 'b', organisation: 'o' }),
    new InfluxSql(server, 'd'),
  ];
  const outcomes = { results: 0, errors: 0 };
  const started = process.memoryUsage().heapUsed;
  for (let count = 0; count < BODIES; count += 1) {
    body = mutate(seeds[count % seeds.length] ?? '', random);
    status = count % 11 === 0 ? 400 : 200;
    const dialect = dialects[Math.floor(random() * dialects.length)];
    try {
      await dialect?.measurements(signal);
      outcomes.results += 1;
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.class === 'bug') {
        throw new Error(`an untyped error for ${JSON.stringify(body)}`, { cause: error });
      }
      outcomes.errors += 1;
    }
    server.requests.length = 0;
  }
  expect(outcomes.results + outcomes.errors).toBe(BODIES);
  expect(Math.min(outcomes.results, outcomes.errors)).toBeGreaterThan(BODIES / 20);
  expect(process.memoryUsage().heapUsed - started).toBeLessThan(MEMORY_CAP);
}, 120_000);
