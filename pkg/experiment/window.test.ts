import { experimentDefinitionSchema } from '../../src/contract/experiment';
import { settleExperiment } from './definition';
import { alignPeriod, bucketWidth, planChunks, testWindow } from './window';

const DAY = 86_400_000;
const start = Date.UTC(2026, 2, 1, 9);
const range = { from: start + DAY, to: start + 2 * DAY };
const experiment = (own: Record<string, unknown> = {}) =>
  settleExperiment({
    definition: experimentDefinitionSchema.parse({
      id: 'x',
      control: 'a',
      variants: [{ name: 'a' }, { name: 'b' }],
      start: new Date(start).toISOString(),
      ...own,
    }),
    origin: 'settings',
    seen: {},
  });

describe('the test window', () => {
  it('runs from the start to now, whatever range the dashboard shows, cut to ten seconds', () => {
    const now = start + 5 * DAY + 12_345;
    expect(testWindow(experiment(), 'experiment', range, now)).toEqual({
      from: start,
      to: start + 5 * DAY + 10_000,
      anchored: true,
      active: true,
    });
  });

  it('ends at the end, and cuts the warm-up off', () => {
    const ended = experiment({ end: new Date(start + 3 * DAY).toISOString(), warmUp: 3600 });
    expect(testWindow(ended, 'experiment', range, start + 9 * DAY)).toEqual({
      from: start + 3_600_000,
      to: start + 3 * DAY,
      anchored: true,
      active: false,
    });
  });

  it.each([
    ['the range is asked for', experiment(), 'range' as const],
    ['no start is known', experiment({ start: undefined }), 'experiment' as const],
  ])('describes the range without an anchor when %s', (_, one, kind) => {
    expect(testWindow(one, kind, range, start + 9 * DAY)).toMatchObject({ ...range, anchored: false });
  });

  it.each([
    ['from the start on where the range begins before it', -1, 1, 0, 1],
    ['whole where the range lies before the start', -3, -1, -3, -1],
  ])('describes a range %s', (_, fromDay, toDay, wantedFrom, wantedTo) => {
    const own = { from: start + fromDay * DAY, to: start + toDay * DAY };
    expect(testWindow(experiment(), 'range', own, start + 9 * DAY)).toMatchObject({
      from: start + wantedFrom * DAY,
      to: start + wantedTo * DAY,
    });
  });
});

describe('chunks', () => {
  it('are cut at UTC midnights and phase starts, and cover the window without gap or overlap', () => {
    const phases = [{ from: start }, { from: start + 1.25 * DAY }];
    const chunks = planChunks({ from: start, to: start + 2 * DAY }, phases);
    expect(chunks.map(({ phase }) => phase)).toEqual([0, 0, 1, 1]);
    expect(chunks[0]?.from).toBe(start);
    expect(chunks.at(-1)?.to).toBe(start + 2 * DAY);
    chunks.slice(1).forEach((chunk, index) => expect(chunk.from).toBe(chunks[index]?.to));
  });

  it('are none for an empty window', () => {
    expect(planChunks({ from: start, to: start }, [])).toEqual([]);
  });
});

it.each([
  [DAY, 300_000],
  [17 * DAY, 300_000],
  [40 * DAY, 900_000],
  [20 * 365 * DAY, DAY],
])('buckets of a window of %d ms are %d ms wide', (length, width) => {
  expect(bucketWidth({ from: 0, to: length })).toBe(width);
});

describe('a period that panels ask alike', () => {
  it('is cut to ten seconds, or to the step', () => {
    expect(alignPeriod({ from: 12_345, to: 67_890 })).toEqual({ from: 10_000, to: 60_000 });
    expect(alignPeriod({ from: 12_345, to: 67_890 }, 15_000)).toEqual({ from: 0, to: 60_000 });
  });

  it('is one step at least: over no time a store can count nothing', () => {
    expect(alignPeriod({ from: 61_000, to: 67_000 }, 15_000)).toEqual({ from: 45_000, to: 60_000 });
  });
});
