import { difference, impactOf } from './test-input';

const codes = (overrides: Parameters<typeof impactOf>[0]) => impactOf(overrides).preliminary.map(({ code }) => code);

describe('annual figures stand as results', () => {
  it('when accuracy has won, the split is sound, values are measured and a week is in', () => {
    expect(impactOf()).toMatchObject({ state: 'result', preliminary: [] });
  });

  it('when the split check only warns', () => {
    expect(codes({ evidence: { srm: 'warning' } })).toEqual([]);
  });

  it('when most of the gain is decided, though a small saving is not', () => {
    expect(codes({ evidence: { verdicts: { accuracy: 'winner', errors: 'inconclusive' } } })).toEqual([]);
  });

  it('when estimated figures have no price', () => {
    const errors = { ...difference(0.001, 0.001), state: 'estimated' as const };
    expect(codes({ errors, parameters: { costPerError: 0 } })).toEqual([]);
  });
});

describe('the guard', () => {
  it.each(['loser', 'inconclusive', 'not-enough-data', 'invalid', undefined] as const)(
    'on the decision holds the figures back when accuracy is %p',
    (accuracy) => {
      expect(codes({ evidence: { verdicts: { accuracy, latency: 'winner', errors: 'winner' } } })).toEqual([
        'undecided',
      ]);
    },
  );

  it('on the decision does not take a winner on the test set for one in the test', () => {
    const impact = impactOf({ accuracyOrigin: 'offline' });
    expect(impact.preliminary).toEqual([{ code: 'undecided', message: expect.stringContaining('test set') as string }]);
  });

  it('on the decision finds nothing to decide where no metric earns money', () => {
    const worse = { accuracy: difference(0.8, 0.7), errors: difference(0.001, 0.002) };
    expect(impactOf(worse).preliminary).toEqual([{ code: 'undecided', message: 'No metric earns money so far.' }]);
  });

  it('on the decision names what is decided worse, when that is more than all gains', () => {
    const impact = impactOf({ accuracy: difference(0.8, 0.7), evidence: { verdicts: { accuracy: 'loser' } } });
    expect(impact.preliminary).toEqual([{ code: 'undecided', message: 'Decided worse: accuracy.' }]);
  });

  it.each(['failed', 'unknown'] as const)('on the split holds the figures back when it is %p', (srm) => {
    expect(codes({ evidence: { srm } })).toEqual(['srm-unsound']);
  });

  it.each(['estimated', 'simulated'] as const)('on measured values holds back %p ones', (state) => {
    const accuracy = { ...difference(0.782, 0.818), state };
    expect(codes({ accuracy })).toEqual(['not-measured']);
    expect(codes({ requestsState: state })).toEqual(['not-measured']);
  });

  it('on the week holds the figures back until seven full days are in', () => {
    expect(codes({ evidence: { fullDays: 6.9 } })).toEqual(['too-few-days']);
    expect(codes({ evidence: { fullDays: 7 } })).toEqual([]);
  });

  it('on net holds the figures back while a term is not known', () => {
    expect(codes({ latency: null })).toEqual(['net-unknown']);
  });
});

describe('the state of an impact', () => {
  it('is preliminary when a guard is not met', () => {
    expect(impactOf({ evidence: { fullDays: 3 } }).state).toBe('preliminary');
  });

  it('is simulated when any figure is, whatever else is wrong', () => {
    const accuracy = { ...difference(0.782, 0.818), state: 'simulated' as const };
    expect(impactOf({ accuracy, evidence: { fullDays: 3 } }).state).toBe('simulated');
  });

  it('is missing when net is not known', () => {
    expect(impactOf({ errors: null }).state).toBe('missing');
  });
});
