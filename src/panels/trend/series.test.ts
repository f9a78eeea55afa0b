import { createDataFrame, createTheme, FieldType, ThresholdsMode, type Field } from '@grafana/data';
import { EXPERIMENT, LIVE_SOURCES, provenanceOf } from '../../../tests/gallery/fixtures/experiment';
import { trendCases } from '../../../tests/gallery/fixtures/trend';
import { alignByTime } from './aligned';
import { crossingOf, readThresholds } from './thresholds';
import { axisFor, loneSamples } from './trend-config';
import { readSeries, summarise } from './trend-series';
import { valueWriter } from './value-writer';

const theme = createTheme();
const meta = {
  custom: { uplift: { frame: 'monitor', provenance: provenanceOf(LIVE_SOURCES), experiment: EXPERIMENT } },
};
const frame = (variant: string, fields: Array<{ name: string; values: Array<number | null> }>) =>
  createDataFrame({
    meta,
    fields: [
      { name: 'time', type: FieldType.time, values: [1, 2, 3] },
      ...fields.map((field) => ({ ...field, type: FieldType.number, labels: { variant } })),
    ],
  });

describe('series', () => {
  it('a variant keeps its colour when another is filtered out', () => {
    const both = readSeries([frame('baseline', [{ name: 'v', values: [1, 2, 3] }]), frame('enhanced', [{ name: 'v', values: [1, 2, 3] }])], theme); // prettier-ignore
    const one = readSeries([frame('enhanced', [{ name: 'v', values: [1, 2, 3] }])], theme);
    expect(one[0]?.mark).toEqual(both[1]?.mark);
  });

  it('bounds become the band of the value beside them, not series of their own', () => {
    const [series, ...others] = readSeries([frame('enhanced', [{ name: 'p50', values: [2, 2, 2] }, { name: 'low', values: [1, 1, 1] }, { name: 'high', values: [3, null, 3] }])], theme); // prettier-ignore
    expect(others).toEqual([]);
    expect(series?.band).toEqual({ low: [1, 1, 1], high: [3, null, 3] });
  });

  it('two series of one variant share its colour and differ in their dash', () => {
    const [p95, p50] = readSeries([frame('enhanced', [{ name: 'p95', values: [1, 2, 3] }, { name: 'p50', values: [1, 2, 3] }])], theme); // prettier-ignore
    expect(p50?.mark.colour).toBe(p95?.mark.colour);
    expect(p50?.mark.dash).not.toEqual(p95?.mark.dash);
  });

  it('summarises what is there: gaps count as nothing, not as zero', () => {
    expect(summarise([4, null, 8, null])).toEqual({ last: 8, mean: 6, change: 1 });
    expect(summarise([null, null])).toEqual({ last: null, mean: null, change: null });
  });
});

describe('a common time axis', () => {
  it('keeps gaps as null and fills foreign times with undefined', () => {
    const { time, columns } = alignByTime([
      { time: [1, 2, 4], columns: [[10, null, 40]] },
      { time: [2, 3], columns: [[7, 8]] },
    ]);
    expect(time).toEqual([1, 2, 3, 4]);
    expect(columns).toEqual([[[10, null, undefined, 40]], [[undefined, 7, 8, undefined]]]);
  });

  it('ten thousand points of four series are joined well within a frame’s time', () => {
    const frames = trendCases['trend-many-points']?.series ?? [];
    const series = readSeries(frames, theme);
    const started = performance.now();
    const { time } = alignByTime(series.map((one) => ({ time: one.time, columns: [one.values] })));
    expect(time).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('a sample alone between gaps is marked, a line’s samples are not', () => {
    expect(loneSamples([null, 5, null, 1, 2, null, 9])).toEqual([1, 6]);
    expect(loneSamples([1, undefined, 2])).toEqual([]);
  });
});

describe('thresholds', () => {
  const field: Field = {
    name: 'drift',
    type: FieldType.number,
    values: [],
    config: {
      thresholds: {
        mode: ThresholdsMode.Absolute,
        steps: [
          { value: -Infinity, color: 'transparent' },
          { value: 0.1, color: 'orange' },
          { value: 0.25, color: 'red' },
        ],
      },
    },
  };
  const named = readThresholds(field, { names: 'watch, drifted', areRegions: true }, valueWriter({}), theme);

  it('carry their names on the line', () => {
    expect(named.map(({ words }) => words)).toEqual(['watch from 0.1', 'drifted from 0.25']);
  });

  it('tell since when a series is past one, without counting an earlier excursion', () => {
    const crossing = crossingOf([1, 2, 3, 4, 5, 6], [0.2, 0.05, 0.12, null, 0.14, 0.16], named);
    expect(crossing).toMatchObject({ since: 3, threshold: { name: 'watch' } });
    expect(crossingOf([1, 2], [0.2, 0.05], named)).toBeNull();
  });

  it('are always in view', () => {
    expect(axisFor([{ values: [0.01, 0.02] }], named, { fromZero: false, min: 0, max: undefined }).max).toBeGreaterThan(0.25); // prettier-ignore
  });
});
