/**
 * Every reference case in this repository's copy of the shared file, and those of our own beyond its ranges;
 * `npm run vectors -- FILE` runs others.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCase, fileSchema, nameOf } from '../vectors/check';
import { KINDS } from '../vectors/kinds';
import { runFile, type FileRun } from '../vectors/run-file';

describe.each(['statistics.json', 'statistics-ranges.json'])('in %s', (file) => {
  const { cases } = fileSchema.parse(JSON.parse(readFileSync(join(__dirname, file), 'utf8')));

  it.each(cases.map((vector, index) => [nameOf(vector, index), vector]))(
    '%s agrees with the reference',
    (_, vector) => {
      expect(checkCase(vector, KINDS)).toEqual([]);
    },
  );
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

  it('takes no figure for a refusal, and wants what stands beside one', () => {
    const hedging = { hedge: () => ({ error: 'A', p_value: 1, ci: null }) };
    expect(checkCase({ id: 'x', kind: 'hedge', input: {}, expected: { error: ['A'] } }, hedging)).toEqual([
      'error: refused, and yet p_value is 1',
    ]);
    expect(judge('refusal', { error: ['A'], value: 1 })).toEqual(['value: expected 1, got undefined']);
  });

  it('takes nothing finite for infinity, and no infinity for the other', () => {
    const kinds = { far: () => ({ ends: [Number.NEGATIVE_INFINITY, 5, Number.NaN] }) };
    const ends = (expected: unknown[]) =>
      checkCase({ id: 'x', kind: 'far', input: {}, expected: { ends: expected }, tolerance: { rel: 1e-9 } }, kinds);
    expect(ends(['-Inf', 5, 'NaN'])).toEqual([]);
    expect(ends(['+Inf', '+Inf', 1])).toHaveLength(3);
  });

  it('fails an unknown kind, and one that every object has', () => {
    expect(judge('astrology', { value: 1 })).toEqual(['unknown kind "astrology"']);
    expect(judge('constructor', { value: 1 })).toEqual(['unknown kind "constructor"']);
  });

  it('fails a broken case alone, and one that expects nothing', () => {
    expect(checkCase({ id: 'x', kind: 'answer', input: {} }, kinds)).toHaveLength(1);
    expect(checkCase('nonsense', kinds)).toHaveLength(1);
    expect(judge('answer', {})).toEqual(['malformed case: expected names nothing to hold the answer to']);
  });
});

describe('npm run vectors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(content: string | null): FileRun {
    const file = join(folder, content === null ? 'absent.json' : 'cases.json');
    if (content !== null) {
      writeFileSync(file, content);
    }
    return runFile(file);
  }

  it('prints each failure, then the counts, and fails with them', () => {
    const holm = { kind: 'holm', input: { p: [0.01, 0.04] }, tolerance: { rel: 1e-12 } };
    const cases = [
      { id: 'right', ...holm, expected: { adjusted: [0.02, 0.04] } },
      { id: 'wrong', ...holm, expected: { adjusted: [0.02, 0.05] } },
      { id: 'unheard-of', kind: 'astrology', input: {}, expected: { fate: 1 } },
    ];
    expect(run(JSON.stringify({ cases }))).toEqual({
      hasPassed: false,
      complaint: null,
      lines: [
        'wrong (holm)',
        '  adjusted[1]: expected 0.05, got 0.04',
        'unheard-of (astrology)',
        '  unknown kind "astrology"',
        '1 passed, 2 failed',
      ],
    });
    const right = run(JSON.stringify({ cases: cases.slice(0, 1) }));
    expect(right).toEqual({ hasPassed: true, complaint: null, lines: ['1 passed, 0 failed'] });
  });

  it.each([
    [null, 'no such file'],
    ['{', 'JSON'],
    ['[]', 'must be an object with an array `cases`'],
    ['{"cases": []}', 'holds no cases'],
  ])('fails and says what is wrong with a file of %j', (content, words) => {
    const { hasPassed, lines, complaint } = run(content);
    expect({ hasPassed, lines }).toEqual({ hasPassed: false, lines: ['0 passed, 0 failed'] });
    expect(complaint).toContain(words);
  });
});
