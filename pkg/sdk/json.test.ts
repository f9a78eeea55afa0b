import { toGrafanaJson } from './json';

describe("a frame in Grafana's JSON", () => {
  it('has the schema and the columns', () => {
    const json = toGrafanaJson({
      name: 'variants',
      refId: 'A',
      meta: { type: 'table', typeVersion: [0, 1] },
      fields: [
        { name: 'time', type: 'time', values: [1, null] },
        {
          name: 'value',
          type: 'number',
          labels: { variant: 'b' },
          config: { unit: 's' },
          values: Float64Array.of(1, 2),
        },
        { name: 'text', type: 'string', values: ['a', null] },
        { name: 'flag', type: 'boolean', values: [null, false] },
      ],
    });
    expect(json).toEqual({
      schema: {
        name: 'variants',
        refId: 'A',
        meta: { type: 'table', typeVersion: [0, 1] },
        fields: [
          { name: 'time', type: 'time', typeInfo: { frame: 'time.Time', nullable: true } },
          {
            name: 'value',
            type: 'number',
            typeInfo: { frame: 'float64', nullable: true },
            labels: { variant: 'b' },
            config: { unit: 's' },
          },
          { name: 'text', type: 'string', typeInfo: { frame: 'string', nullable: true } },
          { name: 'flag', type: 'boolean', typeInfo: { frame: 'bool', nullable: true } },
        ],
      },
      data: {
        values: [
          [1, null],
          [1, 2],
          ['a', null],
          [null, false],
        ],
      },
    });
  });

  it('lists what JSON cannot hold as entities', () => {
    const { data } = toGrafanaJson({
      fields: [
        { name: 'plain', type: 'number', values: [1, null, 3, 4] },
        { name: 'special', type: 'number', values: Float64Array.of(NaN, Infinity, -Infinity, NaN) },
      ],
    });
    expect(data).toEqual({
      values: [
        [1, null, 3, 4],
        [null, null, null, null],
      ],
      entities: [null, { NaN: [0, 3], Inf: [1], NegInf: [2] }],
    });
  });

  it('splits a time into whole milliseconds and nanoseconds', () => {
    const { data } = toGrafanaJson({ fields: [{ name: 'time', type: 'time', values: [1, 2.25, -0.5, NaN] }] });
    expect(data).toEqual({ values: [[1, 2, -1, null]], nanos: [[0, 250_000, 500_000, 0]] });
  });

  it('states the version of the frame type whenever there is meta', () => {
    expect(toGrafanaJson({ meta: {}, fields: [] }).schema).toEqual({ meta: { typeVersion: [0, 0] }, fields: [] });
  });

  it('leaves out what is empty', () => {
    expect(toGrafanaJson({ name: '', fields: [{ name: '', type: 'number', values: [] }] })).toEqual({
      schema: { fields: [{ type: 'number', typeInfo: { frame: 'float64', nullable: true } }] },
      data: { values: [[]] },
    });
  });
});
