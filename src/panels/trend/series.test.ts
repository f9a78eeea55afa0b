import { createDataFrame, createTheme, FieldType, ThresholdsMode, type Field } from '@grafana/data';
import { EXPERIMENT, LIVE_SOURCES, provenanceOf } from '../../../tests/gallery/fixtures/experiment';
import { trendCases } from '../../../tests/gallery/fixtures/trend';
import { alignByTime } from './aligned';
import { crossingOf, readThresholds } from './thresholds';
import { axisFor } from './axis-extent';
import { openGaps } from './gaps';
import { loneSamples } from './lone-samples';
import { ghostBehind, summarise } from './summary';
import { MOST_SERIES, readSeries } from './trend-series';
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

describe('the period before', () => {
  const origin = { uplift: { state: 'measured', source: 'prometheus', asOf: 3, period: 'previous' } };
  const pair = (before: Array<number | null>) => {
    const current = frame('enhanced', [{ name: 'v', values: [4, null, 8] }]);
    const previous = frame('enhanced', [{ name: 'v', values: before }]);
    const ghost = { ...previous, fields: previous.fields.map((field) => (field.name === 'v' ? { ...field, config: { custom: origin } } : field)) }; // prettier-ignore
    return readSeries([ghost, current], theme);
  };

  it('lies beneath, in its series’ colour, dotted', () => {
    const [ghost, series] = pair([1, 2, 3]);
    expect([ghost?.isGhost, series?.isGhost]).toEqual([true, false]);
    expect(ghost?.mark).toMatchObject({ shape: series?.mark.shape, dash: [2, 3] });
    expect(series?.mark.dash).toBeUndefined();
  });

  it('is what the change is measured against, mean to mean', () => {
    const all = pair([2, 4, null]);
    const [, series] = all;
    expect(series && summarise(series.values, ghostBehind(series, all)?.values).change).toBeCloseTo((6 - 3) / 3);
  });
});

it('a million series are not drawn: the first of them are', () => {
  const many = Array.from({ length: 500 }, (_, index) => frame(`v${index}`, [{ name: 'v', values: [1, 2, 3] }]));
  expect(readSeries(many, theme)).toHaveLength(MOST_SERIES);
});

describe('gaps', () => {
  it('a regular series that skips samples has a hole there', () => {
    const time = [0, 10, 20, 30, 40, 50, 60, 100, 110, 120, 130, 140, 150];
    const { time: open, columns } = openGaps({ time, columns: [time.map(() => 1)] });
    expect(open.slice(6, 9)).toEqual([60, 70, 100]);
    expect(columns[0]?.slice(6, 9)).toEqual([1, null, 1]);
  });

  it('samples that come at any time have none', () => {
    const series = { time: [0, 3, 50, 51, 90], columns: [[1, 2, 3, 4, 5]] };
    expect(openGaps(series)).toBe(series);
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
    expect(named.map(({ words }) => words)).toEqual(['watch from 0.10', 'drifted from 0.25']);
  });

  it('tell since when a series is past one, without counting an earlier excursion', () => {
    const crossing = crossingOf([1, 2, 3, 4, 5, 6], [0.2, 0.05, 0.12, null, 0.14, 0.16], named);
    expect(crossing).toMatchObject({ since: 3, threshold: { name: 'watch' } });
    expect(crossingOf([1, 2], [0.2, 0.05], named)).toBeNull();
    expect(crossingOf([1, 2, 3], [null, 0.2, 0.15], named)).toMatchObject({ since: null });
  });

  it('are always in view', () => {
    expect(axisFor([{ values: [0.01, 0.02] }], named, { fromZero: false, min: 0, max: undefined }).max).toBeGreaterThan(0.25); // prettier-ignore
  });
});
