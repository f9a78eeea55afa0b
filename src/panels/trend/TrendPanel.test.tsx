import { dateTime, EventBusSrv, LoadingState, type PanelProps } from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NOW } from '../../../tests/gallery/fixtures/clock';
import { replayCases } from '../../../tests/gallery/fixtures/replay';
import { trendCases } from '../../../tests/gallery/fixtures/trend';
import type { GalleryCase } from '../../../tests/gallery/gallery-case';
import { DEFAULT_OPTIONS, type TrendOptions } from './options';
import { TrendPanel } from './TrendPanel';

/** uPlot draws on a canvas, which jsdom lacks; what stands around the canvas is looked at here, the drawing in a browser. */
jest.mock('./Chart', () => ({
  Chart: ({ label, width, height }: { label: string; width: number; height: number }) => (
    <div role="img" aria-label={label} data-width={width} data-height={height} />
  ),
}));

const WIDE = { width: 900, height: 240 };

function caseNamed(name: string): GalleryCase {
  const picture = trendCases[name] ?? replayCases[name];
  if (picture === undefined) {
    throw new Error(`no fixture “${name}”`);
  }
  return picture;
}

function propsOf({ title, state, series, errors, annotations, fieldConfig, options }: GalleryCase, size: typeof WIDE): PanelProps<TrendOptions> {
  const from = dateTime(NOW - 86_400_000);
  const to = dateTime(NOW);
  const timeRange = { from, to, raw: { from, to } };
  const defaults = fieldConfig?.defaults ?? {};
  // Grafana lays the panel's defaults over each field before the panel sees it.
  const configured = series.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => ({ ...field, config: { ...defaults, ...field.config } })),
  }));
  return {
    id: 1,
    title,
    data: { state: state ?? LoadingState.Done, series: configured, errors, annotations, timeRange },
    timeRange,
    timeZone: 'utc',
    options: { ...DEFAULT_OPTIONS, ...options },
    transparent: false,
    ...size,
    fieldConfig: fieldConfig ?? { defaults: {}, overrides: [] },
    renderCounter: 0,
    eventBus: new EventBusSrv(),
    replaceVariables: (text) => text,
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    onChangeTimeRange: () => undefined,
  };
} // prettier-ignore

const show = (name: string, size = WIDE) => render(<TrendPanel {...propsOf(caseNamed(name), size)} />);
const plain = (element: HTMLElement) => element.textContent.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');
const chartHeight = () => Number(screen.getByRole('img').dataset['height']);

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'queueMicrotask', 'nextTick', 'performance'] }); // prettier-ignore
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the legend', () => {
  it('names each series with its last value, mean and change', () => {
    const { container } = show('trend-errors');
    expect(plain(container)).toMatch(/baseline1\.\d+ %mean 1\.\d+ % · [+-]\d/);
  });

  it('gives all ghosts one entry, and measures the change against them', () => {
    show('trend-before');
    expect(screen.getAllByRole('button', { name: /period before/ })).toHaveLength(1);
    expect(screen.getAllByTitle('Mean over the range; the mean against the period before')).toHaveLength(2);
  });

  it('says which band a series is in and since when, and makes room for two of them', () => {
    const { container } = show('trend-two-drifts', { width: 460, height: 240 });
    expect(plain(container)).toMatch(/baseline[\d.]+watchall along/);
    expect(plain(container)).toMatch(/enhanced[\d.]+driftedsince \d\d:\d\d/);
    expect(chartHeight()).toBe(240 - 2 * 20 - 4);
  });

  it('hides and shows a series with a key', async () => {
    show('trend-requests');
    const button = screen.getByRole('button', { name: /enhanced/ });
    expect(button.getAttribute('aria-pressed')).toBe('true');
    button.focus();
    await userEvent.setup({ advanceTimers: jest.advanceTimersByTime }).keyboard('{Enter}');
    expect(button.getAttribute('aria-pressed')).toBe('false');
  });

  it('keeps its height when the numbers change: nothing below jumps', () => {
    const { rerender } = show('trend-requests');
    const before = chartHeight();
    rerender(<TrendPanel {...propsOf(caseNamed('trend-before'), WIDE)} />);
    rerender(<TrendPanel {...propsOf(caseNamed('trend-requests'), WIDE)} />);
    expect(chartHeight()).toBe(before);
  });

  it('stands below the badge where both do not fit beside each other', () => {
    show('trend-requests', { width: 220, height: 180 });
    expect(chartHeight()).toBeLessThan(180 - 2 * 20);
    expect(screen.getByRole('button', { name: /^Data: OPERATIONAL/ })).toBeTruthy();
  });
});

describe('an answer that is no series', () => {
  it('loading: draws nothing at first, keeps the last frames afterwards', () => {
    const { container, rerender } = show('trend-loading');
    expect(plain(container)).toBe('');
    rerender(<TrendPanel {...propsOf(caseNamed('trend-requests'), WIDE)} />);
    rerender(<TrendPanel {...propsOf(caseNamed('trend-loading'), WIDE)} />);
    expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/^baseline: last/);
  });

  it('empty: says that missing is not zero, and what each source said', () => {
    const { container } = show('trend-empty');
    expect(plain(container)).toContain('Missing is not zero');
    expect(plain(container)).toContain('Prometheusanswered');
  });

  it('an error alone is announced', () => {
    show('trend-error');
    expect(plain(screen.getByRole('alert'))).toContain('InfluxDB has no database “ml_monitorin”');
  });

  it('stale: the badge says of what, and how old', () => {
    show('trend-stale');
    expect(plain(screen.getByRole('button', { name: /^Data:/ }))).toBe('LIVE · accuracy 41 d old');
  });

  it('a table: names the setting that makes it series', () => {
    const { series } = caseNamed('trend-drift-bins');
    const table = series.map((frame) => ({ ...frame, name: 'facts', meta: {} }));
    render(<TrendPanel {...propsOf({ ...caseNamed('trend-drift-bins'), series: table }, WIDE)} />);
    expect(plain(screen.getByRole('status'))).toContain('Set the query’s format to time series');
  });
});

describe('other shapes', () => {
  it('drift by bin: a table a feature, with the parts the PSI is made of', () => {
    show('trend-drift-bins', { width: 600, height: 400 });
    const table = screen.getByRole('table', { name: /basket_value/ });
    expect(plain(table)).toContain('PSI 0.20 watch');
    const row = within(table).getByRole('row', { name: /^> 200/ });
    expect(plain(row)).toBe('> 2007.0 % → 17.0 %0.089');
  });

  it('a replay says in words how it ended', () => {
    show('replay-won');
    expect(screen.getByRole('img').getAttribute('aria-label')?.replaceAll('\u00a0', ' ')).toMatch(/lift of enhanced: \+3\.6 pp .*; decided on day 4; ran 14/); // prettier-ignore
  });
});
