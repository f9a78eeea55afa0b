import { recommend } from './recommendations';
import { difference, impactOf, sampleInput } from './test-input';

type Overrides = NonNullable<Parameters<typeof impactOf>[0]>;

const codes = (overrides: Overrides) => impactOf(overrides).preliminary.map(({ code }) => code);
const stateOf = (overrides: Overrides) => impactOf(overrides).state;
const actionsOf = (overrides: Overrides) =>
  recommend({
    variant: 'enhanced',
    control: 'baseline',
    input: sampleInput(overrides),
    impact: impactOf(overrides),
  }).map(({ action }) => action);
const warningsOf = (overrides: Overrides) => impactOf(overrides).warnings.map(({ code }) => code);

const accuracyVerdict = (
  accuracy: 'winner' | 'loser' | 'inconclusive' | 'not-enough-data' | 'invalid' | undefined,
) => ({
  evidence: { verdicts: { accuracy, latency: 'winner', errors: 'winner' } as const },
});
const inState = (state: 'measured' | 'estimated' | 'simulated') => ({
  accuracy: { ...difference(0.782, 0.818, 0.004), state },
});

/** A guard of design §6, as it is written there: what meets it and what does not. */
const GUARDS: Array<[words: string, met: Overrides[], unmet: Overrides[], code: string]> = [
  [
    'a metric that earns the money is a winner',
    [accuracyVerdict('winner')],
    [
      ...(['loser', 'inconclusive', 'not-enough-data', 'invalid', undefined] as const).map(accuracyVerdict),
      { accuracyOrigin: 'offline' },
      { accuracy: difference(0.8, 0.7), errors: difference(0.001, 0.002) },
    ],
    'undecided',
  ],
  [
    'SRM is sound',
    [{ evidence: { srm: 'ok' } }, { evidence: { srm: 'warning' } }],
    [{ evidence: { srm: 'failed' } }, { evidence: { srm: 'unknown' } }],
    'srm-unsound',
  ],
  [
    'values are measured',
    [inState('measured')],
    [inState('estimated'), inState('simulated'), { requestsState: 'estimated' }, { requestsState: 'simulated' }],
    'not-measured',
  ],
  [
    'at least 7 full days are in',
    [{ evidence: { fullDays: 7 } }],
    [{ evidence: { fullDays: 0 } }, { evidence: { fullDays: 6.9 } }],
    'too-few-days',
  ],
];

describe.each(GUARDS)('only when %s', (_, met, unmet, code) => {
  it('annual figures and ROI stand as results', () => {
    expect(met.map(stateOf)).toEqual(met.map(() => 'result'));
    for (const overrides of unmet) {
      expect(codes(overrides)).toEqual([code]);
      expect(['preliminary', 'simulated']).toContain(stateOf(overrides));
    }
  });

  it('deploy is advised', () => {
    for (const overrides of met) {
      expect(actionsOf(overrides)).toContain('deploy');
    }
    for (const overrides of unmet) {
      const actions = actionsOf(overrides);
      expect(actions).not.toContain('deploy');
      expect(actions).not.toContain('deploy-except');
    }
  });
});

describe('before that', () => {
  it('the same figures are given, and marked preliminary', () => {
    const early = impactOf({ evidence: { fullDays: 3 } });
    expect(early).toMatchObject({
      state: 'preliminary',
      preliminary: [{ code: 'too-few-days', message: '3 of 7 full days are in.' }],
    });
    expect(early).toEqual({ ...impactOf(), state: early.state, preliminary: early.preliminary });
  });

  it('each unmet guard is told, the split first', () => {
    const unmet = { srm: 'failed', fullDays: 2, verdicts: { accuracy: 'inconclusive' } } as const;
    expect(codes({ evidence: unmet, requestsState: 'estimated' })).toEqual([
      'srm-unsound',
      'undecided',
      'too-few-days',
      'not-measured',
    ]);
  });
});

describe('the guard on the winner', () => {
  it('is met when most of the gain is decided, though a small saving is not', () => {
    expect(codes({ evidence: { verdicts: { accuracy: 'winner', errors: 'inconclusive' } } })).toEqual([]);
  });

  it('names a winner on the test set as none in the test', () => {
    const impact = impactOf({ accuracyOrigin: 'offline' });
    expect(impact.preliminary).toEqual([{ code: 'undecided', message: expect.stringContaining('test set') as string }]);
  });

  it('finds nothing to decide where no metric earns money', () => {
    const worse = { accuracy: difference(0.8, 0.7), errors: difference(0.001, 0.002) };
    expect(impactOf(worse).preliminary).toEqual([{ code: 'undecided', message: 'No metric earns money so far.' }]);
  });

  it('names what is decided worse, when that is more than all gains', () => {
    const impact = impactOf({ accuracy: difference(0.8, 0.7), evidence: { verdicts: { accuracy: 'loser' } } });
    expect(impact.preliminary).toEqual([{ code: 'undecided', message: 'Decided worse: accuracy.' }]);
  });
});

describe('the guard on measured values', () => {
  it('does not mind an estimated figure without a price', () => {
    const errors = { ...difference(0.001, 0.001), state: 'estimated' as const };
    expect(codes({ errors, parameters: { costPerError: 0 } })).toEqual([]);
  });

  it('does not mind who counted requests that a parameter sets', () => {
    expect(codes({ requestsState: 'estimated', parameters: { requestsPerDay: 50_000 } })).toEqual([]);
  });
});

it('revenue from offline accuracy says so', () => {
  expect(warningsOf({ accuracyOrigin: 'offline' })).toContain('offline-accuracy');
  expect(actionsOf({ accuracyOrigin: 'offline' })).toContain('validate-online');
  expect(warningsOf({})).not.toContain('offline-accuracy');
});

it('warns when one term is more than 90 % of net', () => {
  const only = { parameters: { costPerMs: 0 } };
  // Revenue 675,000 a year; risk reduction makes it 91 % of net, then 89 %.
  const accuracy = difference(0.782, 0.818986, 0.004);
  const fewer = (share: number) => difference(0.001, 0.001 - (675_000 / share - 675_000) / (47_892 * 365 * 50), 0);
  expect(warningsOf({ ...only, accuracy, errors: fewer(0.91) })).toContain('one-term-dominates');
  expect(warningsOf({ ...only, accuracy, errors: fewer(0.89) })).not.toContain('one-term-dominates');
});

it('warns when net exceeds 1 % of base volume × 365', () => {
  const net = (share: number) => ({
    parameters: { costPerMs: 0, costPerError: 0, revenueMultiplier: share },
    accuracy: difference(0, 1, 0.001),
  });
  expect(warningsOf(net(0.0101))).toContain('net-implausible');
  expect(warningsOf(net(0.0099))).not.toContain('net-implausible');
});

it('break-even is the multiplier at which it just pays back', () => {
  const { breakEvenMultiplier } = impactOf();
  const at = (factor: number) =>
    impactOf({ parameters: { revenueMultiplier: (breakEvenMultiplier ?? NaN) * factor } }).roiPercentage ?? NaN;
  expect(at(1.01)).toBeGreaterThan(0);
  expect(at(0.99)).toBeLessThan(0);
});

describe('the state of an impact', () => {
  it('is simulated when any figure is, whatever else is wrong', () => {
    expect(stateOf({ ...inState('simulated'), evidence: { fullDays: 3 } })).toBe('simulated');
  });

  it('is missing when net is not known', () => {
    expect(stateOf({ errors: null })).toBe('missing');
    expect(codes({ latency: null })).toEqual(['net-unknown']);
  });
});
