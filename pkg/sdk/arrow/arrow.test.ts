import { tableFromArrays, tableToIPC } from 'apache-arrow';

import type { DataFrame, Field } from '../frame';
import { decodeFrame, encodeFrame } from '.';

/** A frame with its typed arrays spelt out, so that frames compare by their values. */
function spell(frame: DataFrame): unknown {
  return { ...frame, fields: frame.fields.map((field) => ({ ...field, values: [...field.values] })) };
}

function roundtrip(frame: DataFrame): DataFrame {
  return decodeFrame(encodeFrame(frame));
}

/** mulberry32: seeded, so that a failure can be seen again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEXTS = ['', 'a', 'größer', '日本語', '👩‍🔬', 'with "quotes"\n', '\u0000'];

function randomFrame(random: () => number): DataFrame {
  const rows = Math.floor(random() * 40);
  const nullShare = random() < 0.3 ? 0 : random();
  const column = <T>(value: () => T): Array<T | null> =>
    Array.from({ length: rows }, () => (random() < nullShare ? null : value()));
  const makers: Array<() => Field> = [
    () => ({ name: 'n', type: 'number', values: column(() => (random() - 0.5) * 10 ** Math.floor(random() * 20)) }),
    () => ({ name: 't', type: 'time', values: column(() => Math.floor((random() - 0.5) * 8e12)) }),
    () => ({ name: 's', type: 'string', values: column(() => TEXTS[Math.floor(random() * TEXTS.length)] ?? '') }),
    () => ({ name: 'b', type: 'boolean', values: column(() => random() < 0.5) }),
  ];
  const fields = Array.from({ length: Math.floor(random() * 6) }, () => makers[Math.floor(random() * 4)]?.());
  return { fields: fields.filter((field) => field !== undefined) };
}

describe('a frame through Arrow', () => {
  it('keeps names, labels, config, meta and notices', () => {
    const frame: DataFrame = {
      name: 'variants',
      refId: 'A',
      meta: {
        type: 'numeric-multi',
        typeVersion: [0, 1],
        notices: [{ severity: 'warning', text: 'Prometheus is down', link: 'https://example.com' }],
        executedQueryString: 'up',
        preferredVisualisationType: 'table',
        custom: { provenance: { level: 'live' } },
      },
      fields: [
        {
          name: 'value',
          type: 'number',
          labels: { variant: 'größer' },
          config: { unit: 'percentunit', decimals: 1, min: 0, max: 1, custom: { uplift: { state: 'measured' } } },
          values: Float64Array.of(0.5),
        },
      ],
    };
    expect(roundtrip(frame)).toEqual(frame);
  });

  it('keeps fields of one name apart', () => {
    const frame: DataFrame = {
      fields: [
        { name: 'value', type: 'number', labels: { variant: 'a' }, values: Float64Array.of(1) },
        { name: 'value', type: 'number', labels: { variant: 'b' }, values: Float64Array.of(2) },
        { name: 'value', type: 'string', labels: { variant: 'c' }, values: ['text'] },
      ],
    };
    expect(roundtrip(frame)).toEqual(frame);
  });

  it.each([
    ['no fields', { fields: [] }],
    ['no rows', { fields: [{ name: 'value', type: 'string', values: [] }] }],
    ['nothing but nulls', { fields: [{ name: 'value', type: 'number', values: [null, null] }] }],
    ['NaN and infinities', { fields: [{ name: 'value', type: 'number', values: [NaN, Infinity, -Infinity, null] }] }],
  ] satisfies Array<[string, DataFrame]>)('keeps a frame with %s', (_, frame) => {
    expect(spell(roundtrip(frame))).toEqual(spell(frame));
  });

  it('keeps random frames as they are', () => {
    const random = createRandom(20260101);
    for (let i = 0; i < 300; i++) {
      const frame = randomFrame(random);
      expect(spell(roundtrip(frame))).toEqual(spell(frame));
    }
  });

  it('gives numbers and times without nulls back as typed arrays', () => {
    const { fields } = roundtrip({
      fields: [
        { name: 'time', type: 'time', values: [1, 2] },
        { name: 'value', type: 'number', values: [1, 2] },
      ],
    });
    expect(fields.map((field) => field.values instanceof Float64Array)).toEqual([true, true]);
  });

  it('writes a time that is NaN as null', () => {
    const [field] = roundtrip({ fields: [{ name: 'time', type: 'time', values: Float64Array.of(NaN, 5) }] }).fields;
    expect(field?.values).toEqual([null, 5]);
  });

  it('refuses fields of different length, naming the field', () => {
    const fields: Field[] = [
      { name: 'a', type: 'number', values: [1, 2] },
      { name: 'b', type: 'number', values: [1] },
    ];
    expect(() => encodeFrame({ name: 'ragged', fields })).toThrow(
      'frame ragged: field b has 1 rows, the first field has 2',
    );
  });

  it('refuses bytes that are no Arrow file', () => {
    expect(() => decodeFrame(Buffer.from('{"not":"arrow"}'))).toThrow();
  });

  it('refuses a column type that no frame holds, naming the field', () => {
    const bytes = tableToIPC(tableFromArrays({ lists: [[1], [2]] }), 'file');
    expect(() => decodeFrame(bytes)).toThrow(/field lists: Arrow type List/);
  });

  it('reads integer columns as numbers', () => {
    const bytes = tableToIPC(tableFromArrays({ n: BigInt64Array.of(1n, 2n) }), 'file');
    expect(decodeFrame(bytes).fields[0]).toMatchObject({ type: 'number', values: Float64Array.of(1, 2) });
  });
});
