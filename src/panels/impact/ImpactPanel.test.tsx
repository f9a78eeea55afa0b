import { dateTime, EventBusSrv, LoadingState, type PanelProps } from '@grafana/data';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { NOW } from '../../../tests/gallery/fixtures/clock';
import { impactCases } from '../../../tests/gallery/fixtures/impact';
import { ImpactPanel } from './ImpactPanel';
import { DEFAULT_OPTIONS, type ImpactOptions } from './options';

type Size = { width: number; height: number };
const WIDE: Size = { width: 1180, height: 440 };
const NARROW: Size = { width: 340, height: 900 };

function show(name: string, { width, height }: Size = WIDE, options: Partial<ImpactOptions> = {}) {
  const picture = impactCases[name];
  if (picture === undefined) {
    throw new Error(`no fixture “${name}”`);
  }
  const range = { from: dateTime(NOW - 86_400_000), to: dateTime(NOW) };
  const timeRange = { ...range, raw: range };
  const props: PanelProps<ImpactOptions> = {
    id: 1,
    title: picture.title,
    data: { state: picture.state ?? LoadingState.Done, series: picture.series, errors: picture.errors, timeRange },
    timeRange,
    timeZone: 'utc',
    options: { ...DEFAULT_OPTIONS, ...picture.options, ...options },
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
  return render(<ImpactPanel {...props} />);
}

/** Text with plain spaces and hyphens, and without marks where a line may break or not, as a test can be read. */
const plain = (element: Element) =>
  element.textContent
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u2212', '-')
    .replaceAll(/\u2060|\u200b/g, '');
const slider = (name: string) => screen.getByRole('slider', { name });

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'queueMicrotask', 'nextTick', 'performance'] }); // prettier-ignore
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a decided impact', () => {
  it('puts the chance to pay back first, and its dots agree with it', () => {
    const { container } = show('impact-uncertain');
    expect(plain(container)).toContain('Chance it pays back within a year73 %15 of 20 equally likely outcomes');
    const dots = screen.getByRole('img', { name: /15 of 20 equally likely outcomes pay back/ });
    expect(dots.querySelectorAll('circle')).toHaveLength(20);
    expect(dots.querySelectorAll('circle:not([fill="none"])')).toHaveLength(15);
  });

  it('gives ROI and payback with their intervals, and says never where there is no bound', () => {
    const { container } = show('impact-uncertain');
    expect(plain(container)).toContain('ROI, a year+203 %95 %: -370…+928 %');
    expect(plain(container)).toContain('Payback121 days95 %: 35 days…never');
  });

  it('leads from revenue to net, each term with its interval and whether it is decided', () => {
    show('impact-decided');
    const names = screen.getAllByRole('img', { name: /a year/ }).map((step) => (step.getAttribute('aria-label') ?? '').replaceAll('\u2212', '-').replaceAll('\u00a0', ' ')); // prettier-ignore
    expect(names.filter((name) => /^(Revenue|Latency|Risk|Net)/.test(name))).toEqual([
      'Revenue: +$657,000 a year, 95 % interval 0.2M…1.5M, decided',
      'Latency: -$17,575 a year, 95 % interval -18.8k…-16.3k, decided',
      'Risk: +$31,955 a year, 95 % interval -15.0k…78.9k, not decided',
      'Net: +$671,380 a year, 95 % interval 0.2M…1.5M, decided',
    ]);
  });

  it('says how an amount came about on focus', async () => {
    show('impact-decided');
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    screen.getByRole('img', { name: /^Revenue/ }).focus();
    await user.hover(screen.getByRole('img', { name: /^Revenue/ }));
    const tooltip = await screen.findByRole('tooltip');
    expect(plain(tooltip)).toContain('$10M × +3.60 pp × 0.005 a day, × 365');
    expect(plain(tooltip)).toContain('measured; prices assumed');
  });

  it('gives the break-even: pays back if 0.005 is really ≥ x', () => {
    expect(plain(show('impact-decided').container)).toContain('Pays back if the multiplier 0.005 is really ≥ 0.00029.');
  });

  it('calls faster a saving, not a negative cost', () => {
    expect(plain(show('impact-faster').container)).toContain('Faster, saving');
  });

  it('lists advice, verb first, with evidence and confidence', () => {
    show('impact-segment');
    const [first] = within(screen.getByRole('region', { name: 'Advice' })).getAllByRole('listitem');
    expect(plain(first ?? document.body)).toMatch(/^1Roll out enhanced, keep region=EU on baselineconfidence: high/);
    expect(plain(first ?? document.body)).toContain('Worse there: accuracy -2.7 pp');
  });

  it('warns when one term makes net', () => {
    show('impact-dominated');
    expect(plain(screen.getByRole('list', { name: 'Caveats' }))).toContain('Net hangs on one term');
  });
});

describe('an impact that may not be booked', () => {
  it('the same figures are marked preliminary in the ribbon, with why, interval first', () => {
    const { container } = show('impact-preliminary');
    expect(plain(screen.getByRole('status'))).toBe(
      'Preliminary. Most of the gain is from accuracy, which is not decided yet. 4 of 7 full days are in. No rollout is advised.',
    );
    expect(plain(container)).toContain('ROI, 95 % interval-927…+1,156 %estimate +65 %');
    expect(plain(container)).toMatch(/Net-438k…666kest\. \+\$87,380/);
    expect(plain(container)).not.toContain('Roll out');
  });

  it('is marked simulated', () => {
    show('impact-simulated');
    expect(plain(screen.getByRole('status'))).toMatch(/^Simulated\. Figures are simulated\./);
  });

  it('marks what is estimated or simulated with ≈, and net with what it is the sum of', () => {
    const estimated = plain(show('impact-estimated').container);
    expect(estimated).toContain('Latency-18.8k…-16.3kest. ≈ -$17,575');
    expect(estimated).toContain('est. +$657,000');
    expect(estimated).toMatch(/Net\S+est\. ≈ \+\$/);
    expect(plain(show('impact-simulated').container)).toContain('est. ≈ +$657,000');
  });

  it('shows no chance, and why, while a term is missing', () => {
    const { container } = show('impact-incomplete');
    expect(plain(container)).toContain(
      'Chance it pays back within a year–No figure for latency: requests were not measured.',
    );
    expect(plain(container)).toContain('Latencynot measured');
    expect(plain(container)).toContain('Netnot known');
    expect(plain(container)).not.toMatch(/\$0[^.0-9]/);
  });
});

describe('the what-if', () => {
  it('recomputes chance, money and advice as a slider moves, and keeps what was assumed in sight', () => {
    const { container } = show('impact-decided');
    fireEvent.change(slider('Revenue multiplier'), { target: { value: '0' } });
    expect(plain(container)).toContain('What if: chance it pays back within a year5 %1 of 20 equally likely outcomes');
    expect(plain(container)).toContain('; was > 99.9 %');
    expect(plain(container)).toContain('est. $0');
    expect(plain(screen.getByRole('region', { name: 'Advice' }))).toContain('Not worth its infrastructure');
    const dots = screen.getByRole('img', { name: /What if: 1 of 20/ });
    expect(dots.querySelectorAll('circle')).toHaveLength(40);
  });

  it('goes back to the answer on reset', async () => {
    const { container } = show('impact-decided');
    const before = plain(container);
    fireEvent.change(slider('Infrastructure'), { target: { value: '100700' } });
    expect(plain(container)).not.toBe(before);
    await userEvent.setup({ advanceTimers: jest.advanceTimersByTime }).click(screen.getByRole('button', { name: 'Reset' })); // prettier-ignore
    expect(plain(container)).toBe(before);
  });

  it('can be copied as options of the query', async () => {
    // Grafana's button writes to the clipboard of a secure context only.
    Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true });
    show('impact-decided');
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    fireEvent.change(slider('Cost per error'), { target: { value: '75' } });
    await user.click(screen.getByRole('button', { name: /Copy as query options/ }));
    expect(JSON.parse(await navigator.clipboard.readText())).toEqual({ business: { costPerError: 75 } });
  });

  it('names each slider, its value and what was assumed to a screen reader', () => {
    show('impact-decided');
    expect(slider('Base volume')).toHaveProperty('value', '10000000');
    expect(slider('Base volume').getAttribute('aria-valuetext')).toBe('$10M, assumed $10M');
    expect(screen.getAllByRole('slider')).toHaveLength(7);
  });

  it('is not offered without the inputs to recompute from, and the row still shows', () => {
    const { container } = show('impact-stripped');
    expect(screen.queryByRole('slider')).toBeNull();
    expect(plain(container)).toContain('> 99.9 %');
    expect(plain(container)).toContain('+$657,000');
  });
});

describe('the panel’s own parameters', () => {
  it('replace the query’s, and the panel says so', () => {
    const { container } = show('impact-decided', WIDE, { parameters: { revenueMultiplier: 0.0005 } });
    expect(plain(container)).toContain('set in this panel: revenue multiplier');
    expect(plain(container)).toContain('+$65,700');
    expect(plain(container)).toContain('multiplier 0.0005 is really');
  });

  it('are refused by name when they cannot be', () => {
    show('impact-decided', WIDE, { parameters: { baseVolume: 1e308 } });
    expect(plain(screen.getByRole('alert'))).toContain('Base volume is 1.00e+308, which no business has.');
  });
});

describe('other states', () => {
  it('draws nothing while the first answer is under way', () => {
    expect(plain(show('impact-loading').container)).toBe('');
  });

  it('says which sources were asked and what each said when there is no data', () => {
    const { container } = show('impact-no-data');
    expect(plain(container)).toContain('NO DATA');
    expect(plain(container)).toContain('MLflownot reachable: connection refused');
  });

  it('shows an error as an error', () => {
    show('impact-error');
    expect(plain(screen.getByRole('alert'))).toContain('Base volume is 1e+308');
  });

  it('says what it reads when the answer is of another kind', () => {
    show('impact-other-query');
    expect(plain(screen.getByRole('status'))).toContain('The panel reads a query of type “impact”');
  });
});

describe('sizes', () => {
  it('stands as rows where there is no width for a waterfall', () => {
    show('impact-decided', NARROW);
    expect(screen.getByRole('group', { name: /^Net: / })).toBeTruthy();
  });

  it('fits a 6×4 tile: chance, net with interval, badge', () => {
    const { container } = show('impact-tile', { width: 290, height: 100 });
    expect(plain(container)).toBe('Pays back within a yearLIVE 12 s73 %+$160,380net a year, -143k…545k');
  });

  it('marks a preliminary tile and puts the interval first', () => {
    const { container } = show('impact-tile-preliminary', { width: 290, height: 100 });
    expect(plain(container)).toContain('-438k…666kpreliminary, net a year');
  });
});

describe('accessibility', () => {
  it.each(['impact-decided', 'impact-preliminary', 'impact-incomplete', 'impact-stripped'])(
    '%s has no violation that axe can find',
    async (name) => {
      jest.useRealTimers();
      const { container } = show(name);
      const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    },
  );
});
