import { gunzipSync } from 'node:zlib';
import { encodeAnswer, SharedAnswers, type Range } from './answers';

const REFRESH_MS = 30_000;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 1);

let now: number;
let asked: number;
let answers: SharedAnswers;

beforeEach(() => {
  now = START;
  asked = 0;
  answers = new SharedAnswers(REFRESH_MS, () => now);
});

const lastDay = (): Range => ({ from: now - DAY_MS, to: now });

async function ask({ question = 'A', range = lastDay(), maxAgeMs = REFRESH_MS, status = 200 } = {}) {
  const { answer } = await answers.answer(question, range, maxAgeMs, () => {
    asked++;
    return encodeAnswer(status, { asked });
  });
  return JSON.parse(answer.json.toString()) as unknown;
}

test('hundreds who ask the same within one refresh cost one question', async () => {
  const all = [];
  for (let step = 0; step < 300; step++) {
    now = START + step * 90;
    all.push(ask());
  }
  expect(new Set((await Promise.all(all)).map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(asked).toBe(1);
});

test('the next refresh asks again', async () => {
  await ask();
  now += REFRESH_MS;
  await ask();
  expect(asked).toBe(2);
});

test.each([
  ['another question', { question: 'B' }],
  ['another length of range', { range: { from: START - 2 * DAY_MS, to: START } }],
  ['a range in the past', { range: { from: START - 2 * DAY_MS, to: START - DAY_MS } }],
])('%s is asked for itself', async (_, other) => {
  await ask();
  await ask(other);
  expect(asked).toBe(2);
});

test('ranges in the past are shared only when they are the same to the millisecond', async () => {
  const range = { from: START - 2 * DAY_MS, to: START - DAY_MS };
  await ask({ range });
  await ask({ range });
  expect(asked).toBe(1);
  await ask({ range: { ...range, to: range.to + 1 } });
  expect(asked).toBe(2);
});

test('a short range shares for a twentieth of itself only', async () => {
  await ask({ range: { from: now - 60_000, to: now } });
  now += 3_000;
  await ask({ range: { from: now - 60_000, to: now } });
  expect(asked).toBe(2);
});

test('who wants it fresher than it is, has it asked again, for the others too', async () => {
  await ask();
  now += 8_000;
  expect(await ask({ maxAgeMs: 10_000 })).toEqual({ asked: 1 });
  expect(await ask({ maxAgeMs: 5_000 })).toEqual({ asked: 2 });
  expect(await ask()).toEqual({ asked: 2 });
});

test('who refreshes as often as everybody takes what there is, at whatever moment', async () => {
  await ask();
  now += REFRESH_MS - 1;
  expect(await ask({ maxAgeMs: 0.8 * REFRESH_MS, range: { from: START - DAY_MS, to: START } })).toEqual({ asked: 1 });
});

test('failures are shared while they happen, and not kept', async () => {
  await Promise.all([ask({ status: 207 }), ask({ status: 207 })]);
  expect(asked).toBe(1);
  now += 2;
  await ask();
  expect(asked).toBe(2);
});

test('a question that throws, throws for everybody who waits, and is asked anew', async () => {
  const fail = () => answers.answer('A', lastDay(), REFRESH_MS, () => Promise.reject(new Error('gone')));
  await expect(Promise.all([fail(), fail()])).rejects.toThrow('gone');
  await ask();
  expect(asked).toBe(1);
});

test('long questions with short answers do not fill the memory', async () => {
  const MEGABYTE = 1024 * 1024;
  for (let index = 0; index < 50; index++) {
    await ask({ question: `${String(index)} ${'x'.repeat(MEGABYTE)}` });
  }
  expect(asked).toBe(50);
  // Of 50 MB of questions at most 32 are kept: the first is asked anew, the last is not.
  await ask({ question: `49 ${'x'.repeat(MEGABYTE)}` });
  expect(asked).toBe(50);
  await ask({ question: `0 ${'x'.repeat(MEGABYTE)}` });
  expect(asked).toBe(51);
});

test('nothing is kept that has expired, though nobody asks for it again', async () => {
  await ask();
  const one = answers.bytes;
  for (let refresh = 0; refresh < 5; refresh++) {
    now += REFRESH_MS + 1;
    await ask();
  }
  expect(answers.bytes).toBe(one);
});

test('the compressed answer is the same answer', async () => {
  const { json, gzipped } = await encodeAnswer(200, { text: 'x'.repeat(10_000) });
  expect(gunzipSync(gzipped)).toEqual(json);
  expect(gzipped.length).toBeLessThan(json.length / 10);
});
