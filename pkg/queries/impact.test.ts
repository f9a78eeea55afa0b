import { IMPACT_FIELDS } from '../../src/contract/frames';
import type { SettingsInput } from '../../src/contract/settings';
import { DAY, START } from '../experiment/test-scene';
import { instanceOf, NOW, sound, trafficFor, type Answer } from '../experiment/test-instance';
import type { DataFrame, Field } from '../sdk/frame';
import { answerQuery } from './answer';
import { contextOf } from './test-context';

interface Asked {
  traffic?: Answer;
  settings?: Partial<SettingsInput>;
  isAlert?: boolean;
}

/** The answer to an impact query on drawn traffic. */
const ask = (query: Record<string, unknown>, { traffic = sound, settings, isAlert = false }: Asked = {}) =>
  answerQuery(
    'impact',
    { queryType: 'impact', experiment: 'ranking', ...query },
    contextOf(instanceOf(traffic, settings), { isAlert }),
  );

async function framesOf(query: Record<string, unknown>, asked?: Asked): Promise<DataFrame[]> {
  const result = await ask(query, asked);
  if ('error' in result) {
    throw new Error(result.error);
  }
  return result.frames;
}

async function impactFrame(query: Record<string, unknown>, asked?: Asked): Promise<DataFrame> {
  const [frame] = await framesOf(query, asked);
  if (!frame) {
    throw new Error('no frame');
  }
  return frame;
}

function fieldOf({ fields }: DataFrame, name: string): Field {
  const field = fields.find((one) => one.name === name);
  if (!field) {
    throw new Error(`no field ${name}`);
  }
  return field;
}

/** Without the multiplier's spread net is a normal distribution, and its replay quick to compute. */
const REPLAY = { format: 'timeseries', business: { multiplierCv: 0 } };

const valueOf = (frame: DataFrame, name: string, row = 0) => fieldOf(frame, name).values[row];
const originOf = (frame: DataFrame, name: string): unknown => fieldOf(frame, name).config?.custom?.['uplift'];
const noticesOf = ({ meta }: DataFrame) => (meta?.notices ?? []).map(({ text }) => text).join('\n');

/** The traffic with what one variant counted changed. */
const changing =
  (change: (variant: Awaited<ReturnType<Answer>>['variants'][number]) => object): Answer =>
  (request) => {
    const traffic = trafficFor(request, false);
    return Promise.resolve({
      ...traffic,
      variants: traffic.variants.map((variant) => ({ ...variant, ...change(variant) })),
    });
  };

/** Two treatments of the same quality. */
const THREE_ARMS = {
  definition: {
    variants: ['baseline', 'enhanced', 'shiny'].map((name) => ({ name })),
    split: { baseline: 1, enhanced: 1, shiny: 1 },
  },
};
const threeArms: Answer = (request) => {
  const traffic = trafficFor(request, false);
  const enhanced = traffic.variants.filter(({ variant }) => variant === 'enhanced');
  return Promise.resolve({
    ...traffic,
    variants: [...traffic.variants, ...enhanced.map((variant) => ({ ...variant, variant: 'shiny' }))],
  });
};

describe('impact as a table', () => {
  it('has the contract’s fields, in order', async () => {
    const frame = await impactFrame({});
    expect(frame.fields.map(({ name }) => name)).toEqual([...IMPACT_FIELDS]);
  });

  it('says of each figure who measured it and what is assumed beside it', async () => {
    const frame = await impactFrame({});
    const measured = { state: 'measured', source: 'prometheus', asOf: NOW };
    expect(originOf(frame, 'annual_revenue_increase')).toEqual({
      ...measured,
      assumed: ['baseVolume', 'revenueMultiplier'],
    });
    expect(originOf(frame, 'annual_cost_increase')).toEqual({ ...measured, assumed: ['costPerMs'] });
    expect(originOf(frame, 'annual_risk_reduction')).toEqual({ ...measured, assumed: ['costPerError'] });
    expect(originOf(frame, 'net_annual_value')).toEqual({
      ...measured,
      source: 'calc',
      assumed: ['baseVolume', 'revenueMultiplier', 'costPerMs', 'costPerError'],
    });
    expect(originOf(frame, 'p_roi_positive')).toMatchObject({
      assumed: expect.arrayContaining(['multiplierCv', 'infrastructure']) as unknown,
    });
    expect(originOf(frame, 'requests_per_day')).toEqual(measured);
  });

  it('marks requests a day as assumed when the query sets them, and every figure that rests on them', async () => {
    const frame = await impactFrame({ business: { requestsPerDay: 1_000_000, servingCost: 0.001 } });
    expect(valueOf(frame, 'requests_per_day')).toBe(1_000_000);
    expect(originOf(frame, 'requests_per_day')).toEqual({
      state: 'assumed',
      source: null,
      asOf: null,
      assumed: ['requestsPerDay'],
    });
    expect(originOf(frame, 'annual_cost_increase')).toMatchObject({
      assumed: ['costPerMs', 'servingCost', 'requestsPerDay'],
    });
    expect(originOf(frame, 'net_annual_value')).toMatchObject({
      state: 'measured',
      assumed: expect.arrayContaining(['requestsPerDay']) as unknown,
    });
    expect(originOf(frame, 'exposure')).toMatchObject({ state: 'measured' });
  });

  it('takes parameters from the query, else from the data source', async () => {
    const settings = { business: { costPerError: 1, infrastructure: 10 } };
    const frame = await impactFrame({ business: { infrastructure: 99, currency: 'CHF' } }, { settings });
    expect(frame.meta?.custom).toMatchObject({
      uplift: { impact: { input: { parameters: { costPerError: 1, infrastructure: 99, currency: 'CHF' } } } },
    });
    expect(valueOf(frame, 'currency')).toBe('CHF');
  });

  it('keeps the segment that loses on the control', async () => {
    const [, advice] = await framesOf({ breakdown: 'region' });
    const actions = advice ? fieldOf(advice, 'action').values : [];
    expect(actions).toContain('deploy-except');
    expect(actions).not.toContain('deploy');
  });
});

describe('impact as a time series', () => {
  /** A day and a half, with everything that makes an interval. */
  const SHORT = { format: 'timeseries', definition: { end: new Date(START + 1.5 * DAY).toISOString() } };

  it('is cumulative, in every figure that is a number, and ends at the table', async () => {
    const [series, table] = [await impactFrame(SHORT), await impactFrame({ ...SHORT, format: 'table' })];
    expect(series.meta).toMatchObject({ type: 'timeseries-wide', typeVersion: [0, 1] });
    const words = ['currency', 'data_source', 'state'];
    expect(series.fields.map(({ name }) => name)).toEqual([
      'time',
      ...IMPACT_FIELDS.filter((name) => !words.includes(name)),
      'state',
    ]);
    const { length } = fieldOf(series, 'time').values;
    expect(length).toBeGreaterThan(30);
    for (const { name, labels } of series.fields.slice(1)) {
      expect(labels).toEqual({ experiment: 'ranking', variant: 'enhanced' });
      expect([name, valueOf(series, name, length - 1)]).toEqual([name, name === 'state' ? 0 : valueOf(table, name)]);
    }
  });

  it('is one figure with its interval when one is asked for', async () => {
    const frame = await impactFrame({ ...REPLAY, value: 'net_annual_value' });
    expect(frame.fields.map(({ name }) => name)).toEqual(['time', 'net_annual_value', 'net_low', 'net_high']);
    expect(originOf(frame, 'net_annual_value')).not.toHaveProperty('band');
    expect(originOf(frame, 'net_low')).toMatchObject({ band: 'low', state: 'measured' });
    expect(originOf(frame, 'net_high')).toMatchObject({ band: 'high' });
    const chance = await impactFrame({ ...REPLAY, value: 'p_roi_positive' });
    expect(chance.fields.map(({ name }) => name)).toEqual(['time', 'p_roi_positive']);
  });

  it('says until when its figures are preliminary', async () => {
    const frame = await impactFrame({ ...REPLAY, value: 'net_annual_value' });
    expect(noticesOf(frame)).toContain(`figures before ${new Date(START + 7 * DAY).toISOString()} are preliminary`);
    const undecided = await impactFrame({
      ...REPLAY,
      definition: { end: new Date(START + 3 * DAY).toISOString() },
    });
    expect(noticesOf(undecided)).toContain('all figures are preliminary. 3 of 7 full days are in.');
  });

  it('is a frame a treatment, told apart by labels', async () => {
    const frames = await framesOf({ ...THREE_ARMS, ...REPLAY, value: 'net_annual_value' }, { traffic: threeArms });
    expect(frames.map(({ fields }) => fields[1]?.labels?.['variant'])).toEqual(['enhanced', 'shiny']);
  });
});

describe('impact as a number', () => {
  it('is one number a treatment under the same labels, whoever is ahead', async () => {
    const frames = await framesOf(
      { ...THREE_ARMS, format: 'numeric', value: 'net_annual_value' },
      { traffic: threeArms },
    );
    expect(frames.map(({ fields }) => fields.map(({ labels }) => labels))).toEqual([
      [{ experiment: 'ranking', variant: 'enhanced' }],
      [{ experiment: 'ranking', variant: 'shiny' }],
    ]);
    expect(frames.every(({ meta }) => meta?.type === 'numeric-multi')).toBe(true);
  });

  it('gives the state as a number that a rule can wait for', async () => {
    const state = async (query: object) =>
      valueOf(await impactFrame({ ...query, format: 'numeric', value: 'state' }), 'state');
    expect(await state({})).toBe(1);
    expect(await state({ definition: { end: new Date(START + 3 * DAY).toISOString() } })).toBe(0);
  });

  it('is null for a payback of never, and no error though another store is away', async () => {
    const query = { format: 'numeric', value: 'payback_days', business: { revenueMultiplier: -1 } };
    expect(valueOf(await impactFrame(query, { isAlert: true }), 'payback_days')).toBeNull();
  });

  it('keeps a zero, which is a number', async () => {
    const business = { revenueMultiplier: 0, costPerMs: 0, costPerError: 0 };
    expect(
      valueOf(await impactFrame({ format: 'numeric', value: 'net_annual_value', business }), 'net_annual_value'),
    ).toBe(0);
  });
});

describe('bad input to impact', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an absurd volume', { business: { baseVolume: 1e308 } }, /^business\.baseVolume: Base volume is 1\.00e\+308/],
    ['an absurd outlay', { business: { infrastructure: 1e308 } }, /^business\.infrastructure: .*no business has/],
    ['an absurd price', { business: { costPerError: 1e308 } }, /^business\.costPerError: .*no business has/],
    ['no requests assumed', { business: { requestsPerDay: 0 } }, /business\.requestsPerDay/],
    ['a negative price', { business: { costPerMs: -1 } }, /business\.costPerMs/],
    ['a currency that is none', { business: { currency: 'euros' } }, /business\.currency.*ISO 4217/],
    ['a variant that is not there', { variant: 'nobody' }, /“nobody” is not a treatment.*Choose one of: enhanced/],
    ['the control as a treatment', { variant: 'baseline' }, /“baseline” is not a treatment/],
  ])('%s is refused in every format, with field and fix', async (_, query, words) => {
    for (const format of ['table', 'numeric']) {
      const result = await ask({ ...query, format });
      expect(result).toMatchObject({ status: 400, error: expect.stringMatching(words) as unknown });
      expect(result).not.toHaveProperty('frames');
    }
  });

  it.each([0, -1000])('infrastructure of %p has no return, pays back at once and says so', async (infrastructure) => {
    const frame = await impactFrame({ business: { infrastructure } });
    expect(valueOf(frame, 'roi_percentage')).toBeNull();
    expect(valueOf(frame, 'payback_days')).toBe(0);
    expect(noticesOf(frame)).toContain('Infrastructure costs nothing extra');
  });

  it('zero requests in the window are refused, not extrapolated', async () => {
    const none = (values: Float64Array | null) => values && values.map(() => 0);
    const traffic = changing(({ totals, series }) => ({
      totals: { ...totals, requests: 0, errors: 0, labelled: 0, correct: 0 },
      series: series && {
        ...series,
        requests: none(series.requests),
        errors: none(series.errors),
        labelled: none(series.labelled),
        correct: none(series.correct),
      },
    }));
    const result = await ask({}, { traffic });
    expect(result).toMatchObject({ error: expect.stringMatching(/^requestsPerDay: There are no requests/) as unknown });
  });

  it('accuracy missing in one variant leaves revenue and net unknown, and says which', async () => {
    const traffic = changing(({ variant, totals, series }) =>
      variant === 'enhanced'
        ? {
            totals: { ...totals, labelled: null, correct: null },
            series: series && { ...series, labelled: null, correct: null },
          }
        : {},
    );
    const frame = await impactFrame({}, { traffic });
    for (const name of ['annual_revenue_increase', 'net_annual_value', 'p_roi_positive', 'roi_percentage']) {
      expect([name, valueOf(frame, name)]).toEqual([name, null]);
    }
    expect(valueOf(frame, 'state')).toBe('missing');
    expect(valueOf(frame, 'annual_risk_reduction')).toEqual(expect.any(Number));
    expect(originOf(frame, 'annual_revenue_increase')).toMatchObject({ state: 'missing' });
    expect(originOf(frame, 'net_annual_value')).toMatchObject({ state: 'missing' });
    expect(noticesOf(frame)).toContain('No figure for revenue from accuracy');
  });
});
