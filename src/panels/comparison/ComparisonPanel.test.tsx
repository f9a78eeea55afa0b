import { dateTime, EventBusSrv, LoadingState, type DataFrame, type PanelProps } from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { comparisonCases } from '../../../tests/gallery/fixtures/comparison';
import { NOW } from '../../../tests/gallery/fixtures/clock';
import { overviewCases } from '../../../tests/gallery/fixtures/overview';
import type { GalleryCase } from '../../../tests/gallery/gallery-case';
import { ComparisonPanel } from './ComparisonPanel';
import { DEFAULT_OPTIONS, type ComparisonOptions } from './options';

type Size = { width: number; height: number };
const WIDE: Size = { width: 1180, height: 380 };

function propsOf(
  picture: GalleryCase,
  { width, height }: Size,
  options: Partial<ComparisonOptions>,
): PanelProps<ComparisonOptions> {
  // prettier-ignore
  const from = dateTime(NOW - 86_400_000);
  const to = dateTime(NOW);
  const timeRange = { from, to, raw: { from, to } };
  return {
    id: 1,
    title: picture.title,
    data: { state: picture.state ?? LoadingState.Done, series: picture.series, errors: picture.errors, timeRange },
    timeRange,
    timeZone: 'utc',
    options: { ...DEFAULT_OPTIONS, ...options },
    transparent: false,
    width,
    height,
    fieldConfig: { defaults: {}, overrides: [] },
    renderCounter: 0,
    eventBus: new EventBusSrv(),
    replaceVariables: (text) => text,
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    onChangeTimeRange: () => undefined,
  };
}

function caseNamed(name: string): GalleryCase {
  const picture = comparisonCases[name] ?? overviewCases[name];
  if (picture === undefined) {
    throw new Error(`no fixture “${name}”`);
  }
  return picture;
}

function show(name: string, size: Size = WIDE, options: Partial<ComparisonOptions> = {}) {
  return render(<ComparisonPanel {...propsOf(caseNamed(name), size, options)} />);
}

/** Text with plain spaces and hyphens, as a test can be read. */
const plain = (element: HTMLElement) => element.textContent.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');
const rowOf = (metric: string) => screen.getByRole('row', { name: new RegExp(`^${metric}`) });

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'queueMicrotask', 'nextTick', 'performance'] }); // prettier-ignore
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a decided test', () => {
  it('says who wins, by how much and how sure, in one sentence', () => {
    show('won');
    expect(plain(screen.getByRole('status'))).toBe(
      'enhanced wins: accuracy +3.6 pp, 95 % interval 2.9…4.3Both guardrails hold; revenue is not decided yet.',
    );
  });

  it('shows values, lift, interval, verdict and samples of each metric', () => {
    show('won');
    const cells = within(rowOf('Error rate')).getAllByRole('cell').map(plain);
    expect(cells).toEqual(['1.19 %', '1.14 %', '-0.05 pp-0.12…+0.02', '+0.20 pp', 'Within margin', '> 99.9 %within margin', '454,880157,522', 'Prom']); // prettier-ignore
  });

  it('names the window, the day, the phase and what the bounds are tuned for', () => {
    const { container } = show('won');
    expect(plain(container)).toContain('1 Sep 09:00 → now·day 14·phase 2 of 2, 70/30 since 4 Sep·unit: 5-min buckets·tuned for 1,000,000'); // prettier-ignore
  });

  it('names the worst segment beside the verdict', () => {
    const { container } = show('won');
    expect(plain(container)).toContain('Worse on region=EU -2.7 pp(-5.1…-0.3, adjusted for 6 segments) · n 12,410');
  });
});

describe('a test that says nothing yet, or nothing at all', () => {
  it('invalid: shows no lift and no interval, and says so', () => {
    show('invalid');
    const cells = within(rowOf('Accuracy')).getAllByRole('cell').map(plain);
    expect(cells[2]).toBe('–');
    expect(cells[3]).toBe('not compared');
    expect(cells[4]).toBe('Invalid');
  });

  it('early: keeps the numbers and shows how far the sample is', () => {
    show('early');
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('37');
    expect(plain(rowOf('Accuracy'))).toContain('+1.6 pp');
  });

  it('estimated: marks the numbers and gives their age in the place of a verdict', () => {
    show('test-set');
    const cells = within(rowOf('Error rate')).getAllByRole('cell').map(plain);
    expect(cells[0]).toBe('≈ 1.19 %');
    expect(cells[4]).toBe('estimated, 3 h old');
  });

  it('one metric without a source: a dash and the reason, never a zero', () => {
    show('test-set');
    const cells = within(rowOf('Latency p95')).getAllByRole('cell').map(plain);
    expect(cells.slice(0, 5)).toEqual(['–', '–', '–', 'source timed out', 'No data']);
  });

  it('no data: lists what each source said', () => {
    const { container } = show('no-data');
    expect(plain(container)).toContain('No data for this test window');
    expect(plain(container)).toContain('Prometheusreachable, nothing for this experiment: 0 series');
    expect(plain(container)).toContain('InfluxDBnot configured');
  });

  it('an error alone is announced with its query and can be copied', () => {
    show('error');
    const alert = screen.getByRole('alert');
    expect(plain(alert)).toContain('Variant “enhanced” is not in this experiment');
    expect(plain(alert)).toContain('Query A');
    expect(within(alert).getByRole('button', { name: 'Copy details' })).toBeTruthy();
  });

  it('the first load draws nothing; a refresh keeps the last frames', () => {
    const { container, rerender } = show('loading');
    expect(plain(container)).toBe('');
    const answered = propsOf(caseNamed('won'), WIDE, {});
    rerender(<ComparisonPanel {...answered} />);
    const none: DataFrame[] = [];
    rerender(<ComparisonPanel {...answered} data={{ ...answered.data, state: LoadingState.Loading, series: none }} />);
    expect(plain(screen.getByRole('status'))).toContain('enhanced wins');
  });
});

describe('the room there is', () => {
  it.each([
    ['wide', 1180, 8],
    ['medium', 680, 4],
    ['narrow', 340, 5],
  ])('%s: a row has the cells its width has room for', (_name, width, cells) => {
    show('won', { width, height: 400 });
    expect(within(rowOf('Accuracy')).getAllByRole('cell')).toHaveLength(cells);
  });

  it('a 6×4 tile shows headline, lift, chip and badge', () => {
    const { container } = show('tile', { width: 342, height: 88 });
    expect(plain(container)).toBe('day 14·70/30LIVE 12 senhanced wins+3.6 ppAccuracy, online2.9…4.3Wins');
  });

  it('several treatments: each row carries its variant', () => {
    show('many');
    expect(screen.getAllByRole('row', { name: /^Accuracy/ }).map((row) => plain(within(row).getByRole('rowheader')))).toEqual([
      'Accuracy, onlineenhanced',
      'Accuracy, onlinedistilled',
      'Accuracy, onlinetwo-tower',
    ]);
  }); // prettier-ignore
});

it('a focused row tells everything known of it, the statistics explained one link away', async () => {
  jest.useRealTimers();
  show('won');
  const user = userEvent.setup();
  await user.tab();
  await user.tab();
  const tooltip = await screen.findByRole('tooltip');
  const words = plain(tooltip);
  const order = ['baseline', '78.2 %', 'Lift', 'Fixed 95 %', 'Sequential 95 %', 'p, any look', 'tuned for 1,000,000', 'Chance to win', 'Source']; // prettier-ignore
  const places = order.map((word) => words.indexOf(word));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(within(tooltip).getByRole('link').getAttribute('href')).toContain('statistics.html#comparison');
});

describe('other views', () => {
  it.each([
    ['view-split', 'split', 'expected 70/30 · actual 70/30'],
    ['view-experiments', 'experiments', 'Fraud model v3'],
    ['view-numbers', 'numbers', 'Control accuracy78.2 %'],
    ['view-sources', 'sources', 'authorization failed'],
  ] as const)('%s', (name, view, text) => {
    const { container } = show(name, { width: 900, height: 240 }, { view });
    expect(plain(container)).toContain(text);
  });

  it('a missing number is “no data”, never 0', () => {
    show('view-numbers', { width: 900, height: 140 }, { view: 'numbers' });
    expect(plain(screen.getByText('Net value a day').parentElement ?? document.body)).toBe('Net value a day–no data');
  });

  it('frames that do not fit the view are answered in words', () => {
    const { container } = show('won', WIDE, { view: 'sources' });
    expect(plain(container)).toContain('It reads the frame “sources” of a query of type “status”');
  });
});
