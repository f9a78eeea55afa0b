/** Every reference case in this repository's copy of the shared file; `npm run vectors -- FILE` runs others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCase, fileSchema } from '../vectors/check';
import { KINDS } from '../vectors/kinds';

const { cases } = fileSchema.parse(JSON.parse(readFileSync(join(__dirname, 'statistics.json'), 'utf8')));

it.each(cases.map((vector) => [vector.id, vector] as const))('%s agrees with the reference', (_id, vector) => {
  expect(checkCase(vector, KINDS)).toEqual([]);
});

describe('the judge itself', () => {
  const kinds = { answer: () => ({ value: 1.01, list: [1, Number.NaN], flag: true }), refusal: () => ({ error: 'A' }) };
  const judge = (kind: string, expected: Record<string, unknown>, tolerance = { rel: 0, abs: 0.02, by_key: {} }) =>
    checkCase({ id: 'x', kind, input: {}, expected, tolerance }, kinds);

  it('passes within the tolerance and fails outside of it', () => {
    expect(judge('answer', { value: 1 })).toEqual([]);
    expect(judge('answer', { value: 1 }, { rel: 0, abs: 0.001, by_key: {} })).toEqual(['value: expected 1, got 1.01']);
  });

  it('lets a key have a tolerance of its own', () => {
    const byKey = { value: { rel: 0, abs: 0.001 } };
    expect(judge('answer', { value: 1 }, { rel: 0, abs: 0.02, by_key: byKey })).toHaveLength(1);
  });

  it('compares arrays element by element, and NaN with NaN alone', () => {
    expect(judge('answer', { list: [1, 'NaN'] })).toEqual([]);
    expect(judge('answer', { list: [1, 2] })).toHaveLength(1);
    expect(judge('answer', { list: [1] })).toHaveLength(1);
  });

  it('wants flags and missing values exactly', () => {
    expect(judge('answer', { flag: false })).toHaveLength(1);
    expect(judge('answer', { absent: null })).toHaveLength(1);
  });

  it('takes a refusal for an answer only where one is expected', () => {
    expect(judge('refusal', { error: ['A', 'B'] })).toEqual([]);
    expect(judge('refusal', { error: ['B'] })).toHaveLength(1);
    expect(judge('refusal', { value: 1 })).toHaveLength(1);
    expect(judge('answer', { error: ['A'] })).toHaveLength(1);
  });

  it('fails an unknown kind', () => {
    expect(judge('astrology', {})).toEqual(['unknown kind "astrology"']);
  });
});
