import { recommend } from './recommendations';
import type { Action } from './recommendations';
import { difference, impactOf, sampleInput } from './test-input';

type Overrides = Parameters<typeof sampleInput>[0];

const advise = (overrides: Overrides = {}) =>
  recommend({ variant: 'enhanced', control: 'baseline', input: sampleInput(overrides), impact: impactOf(overrides) });
const actions = (overrides: Overrides = {}): Action[] => advise(overrides).map(({ action }) => action);

describe('recommend', () => {
  it('advises a rollout first when the figures stand and it pays back', () => {
    expect(advise()[0]).toMatchObject({ action: 'deploy', title: 'Roll out enhanced', confidence: 'high' });
  });

  it.each<[string, Overrides, Action]>([
    ['a guard is not met', { evidence: { fullDays: 3 } }, 'keep-collecting'],
    ['the split is wrong', { evidence: { srm: 'failed' } }, 'fix-split'],
    ['a guardrail is broken', { evidence: { brokenGuardrails: ['Error rate'] } }, 'stop'],
    ['another check failed', { evidence: { failedChecks: ['deployment_changed'] } }, 'repair-test'],
    ['accuracy has lost', { evidence: { verdicts: { accuracy: 'loser', errors: 'winner' } } }, 'keep-control'],
    ['net is decided negative', { latency: difference(45, 1200, 1) }, 'keep-control'],
    ['figures are estimated', { requestsState: 'estimated' }, 'restore-source'],
    ['a figure is missing', { latency: null }, 'measure-missing'],
    ['it hardly pays back', { parameters: { infrastructure: 680_000 } }, 'measure-multiplier'],
  ])('advises no rollout when %s', (_, overrides, instead) => {
    expect(actions(overrides)).not.toContain('deploy');
    expect(actions(overrides)).not.toContain('deploy-except');
    expect(actions(overrides)).toContain(instead);
  });

  it.each<[string, Overrides, Action]>([
    ['revenue rests on a test set', { accuracyOrigin: 'offline' }, 'validate-online'],
    ['infrastructure costs more than net', { parameters: { infrastructure: 900_000 } }, 'not-worth-infrastructure'],
    ['latency eats the gain', { latency: difference(45, 500, 1) }, 'cut-latency'],
    ['the revenue may be nothing', { accuracy: difference(0.782, 0.79, 0.01) }, 'do-not-book'],
    ['the A/A check found too much spread', { evidence: { calibration: 'failed' } }, 'calibrate'],
  ])('sees that %s', (_, overrides, action) => {
    expect(actions(overrides)).toContain(action);
    expect(actions()).not.toContain(action);
  });

  it('advises nothing about latency where there is no gain that it could eat', () => {
    const nothingGained = { accuracy: difference(0.782, 0.781, 0.001), errors: difference(0.01, 0.011, 0.001) };
    expect(actions({ ...nothingGained, latency: difference(45, 46, 0.1) })).not.toContain('cut-latency');
  });

  it('names the cover of the interval that was computed', () => {
    expect(advise({ alpha: 0.1 })[0]?.why).toContain('90 % interval');
  });

  it('advises a rollout though it is slower, when net has paid for that', () => {
    expect(actions({ evidence: { verdicts: { accuracy: 'winner', latency: 'loser' } } })[0]).toBe('deploy');
  });

  it('names the segment that should stay on the control', () => {
    const worseSegment = { name: 'region=EU', why: 'accuracy −2.7 pp' };
    expect(advise({ evidence: { worseSegment } })[0]).toMatchObject({
      action: 'deploy-except',
      title: 'Roll out enhanced, keep region=EU on baseline',
      why: expect.stringContaining('accuracy −2.7 pp') as string,
    });
  });

  it('says how many days are left to collect', () => {
    const evidence = { verdicts: { accuracy: 'inconclusive' }, daysLeft: 5.2 } as const;
    expect(advise({ evidence }).find(({ action }) => action === 'keep-collecting')?.why).toBe(
      'Most of the gain is from accuracy, which is not decided yet. About 6 more days to decide.',
    );
  });

  it('asks for the source to come back, not for more data, while figures are estimated', () => {
    const withheld = { requestsState: 'estimated', evidence: { verdicts: { accuracy: 'inconclusive' } } } as const;
    expect(actions(withheld)).toContain('restore-source');
    expect(actions(withheld)).not.toContain('keep-collecting');
  });

  it('does not ask to keep a test running that has already lost', () => {
    expect(actions({ evidence: { verdicts: { accuracy: 'loser' } } })).not.toContain('keep-collecting');
  });

  it('gives evidence with each advice, and words with each number', () => {
    for (const { title, why } of advise({ latency: difference(45, 500, 1), evidence: { calibration: 'warning' } })) {
      expect(title).not.toBe('');
      expect(why).toMatch(/\.$/);
      expect(why).not.toMatch(/NaN|null|undefined|Infinity/);
    }
  });
});
