import type { RawTable } from '../sources/capabilities/raw';
import { rawFrames } from './raw-frames';

const LONG: RawTable = {
  name: 'mlflow',
  columns: [
    { name: 'time', type: 'time', values: [30, 10, 20, 10] },
    { name: 'run', type: 'string', values: ['a', 'a', 'a', 'b'] },
    { name: 'value', type: 'number', values: [3, 1, null, 9] },
  ],
};
const COUNTS: RawTable = {
  name: 'mlflow',
  columns: [
    { name: 'variant', type: 'string', values: ['a', 'b'] },
    { name: 'n', type: 'number', values: [4, 5] },
  ],
};

describe('rawFrames', () => {
  it('makes a series a combination of texts out of a table, times ascending', () => {
    const frames = rawFrames([LONG], 'timeseries', '', {});
    expect(frames.map(({ fields }) => fields)).toEqual([
      [
        { name: 'time', type: 'time', values: [10, 20, 30] },
        { name: 'value', type: 'number', labels: { run: 'a' }, values: [1, null, 3] },
      ],
      [
        { name: 'time', type: 'time', values: [10] },
        { name: 'value', type: 'number', labels: { run: 'b' }, values: [9] },
      ],
    ]);
  });

  it('names series by the legend', () => {
    const [frame] = rawFrames([LONG], 'timeseries', 'run {{run}} {{nothing}}', {});
    expect(frame?.fields[1]?.config).toEqual({ displayNameFromDS: 'run a ' });
  });

  it('gives an alert rule the last number of each series', () => {
    const numbers = rawFrames([LONG], 'numeric', '', {}).map(({ fields: [field] }) => [field?.labels, field?.values]);
    expect(numbers).toEqual([
      [{ run: 'a' }, [3]],
      [{ run: 'b' }, [9]],
    ]);
  });

  it('gives an alert rule a number a row where there are no times', () => {
    const numbers = rawFrames([COUNTS], 'numeric', '', {}).map(({ fields: [field] }) => [field?.labels, field?.values]);
    expect(numbers).toEqual([
      [{ variant: 'a' }, [4]],
      [{ variant: 'b' }, [5]],
    ]);
  });

  it('refuses numbers where there are none', () => {
    const words: RawTable = { name: 'x', columns: [{ name: 'a', type: 'string', values: ['b'] }] };
    expect(() => rawFrames([words], 'numeric', '', {})).toThrow('An alert rule needs a number');
  });

  it('says its notices once', () => {
    const frames = rawFrames([COUNTS, COUNTS], 'table', '', { notices: [{ severity: 'warning', text: 'cut' }] });
    expect(frames.map(({ meta }) => meta?.notices?.length ?? 0)).toEqual([1, 0]);
  });
});
