import { decide, REASON_CODES, reason, VERDICT_CODES, VERDICTS, type Evidence } from './verdict';

const clear: Evidence = {
  direction: 'higher',
  isGuardrail: false,
  decisive: { low: 0.01, high: 0.03 },
  guardrail: null,
  refusal: null,
  isAnchored: true,
  isRandomised: true,
  hasEnough: true,
  blocks: [],
  notes: [],
};
const decideWith = (change: Partial<Evidence>) => {
  const { verdict, reasons } = decide({ ...clear, ...change });
  return [verdict, reasons[0]?.code];
};

it.each([
  ['the interval is better', {}, 'winner', 'decided-better'],
  ['lower is better', { direction: 'lower' }, 'loser', 'decided-worse'],
  ['the interval touches zero', { decisive: { low: 0, high: 0.03 } }, 'inconclusive', 'not-decided'],
  ['the interval is worse', { decisive: { low: -0.03, high: -0.01 } }, 'loser', 'decided-worse'],
  ['nothing was observed', { decisive: null, refusal: { refused: 'no-data' } }, 'not-enough-data', 'no-data'],
  ['no test is possible', { decisive: null, refusal: { refused: 'zero-variance' } }, 'not-enough-data', 'no-answer'],
  ['the sample is small', { hasEnough: false }, 'not-enough-data', 'small-sample'],
  ['the start is unknown', { isAnchored: false }, 'not-enough-data', 'no-start'],
  ['nothing was randomised', { isRandomised: false }, 'inconclusive', 'offline'],
  ['the margin is broken', { guardrail: 'broken' }, 'loser', 'breaks-margin'],
  [
    'the split is broken, and everything else, too',
    { blocks: ['stale', 'srm-failed'], hasEnough: false },
    'invalid',
    'srm-failed',
  ],
  ['the data are stale', { blocks: ['stale'] }, 'inconclusive', 'stale'],
  ['the split changed', { blocks: ['split-changed'] }, 'inconclusive', 'split-changed'],
  ['the split changed and it loses', { blocks: ['split-changed'], direction: 'lower' }, 'loser', 'decided-worse'],
] as const)('when %s', (_, change, verdict, code) => {
  expect(decideWith(change)).toEqual([verdict, code]);
});

describe('a guardrail that is worse', () => {
  const worse = { isGuardrail: true, direction: 'lower' } as const;

  it('within its margin does not lose', () => {
    expect(decideWith({ ...worse, guardrail: 'holds' })).toEqual(['inconclusive', 'within-margin']);
  });

  it('and may be beyond it is open', () => {
    expect(decideWith({ ...worse, guardrail: 'open' })).toEqual(['inconclusive', 'margin-open']);
  });

  it('without a margin loses like any other metric', () => {
    expect(decideWith(worse)).toEqual(['loser', 'decided-worse']);
  });
});

it('notes follow the deciding reason, each once', () => {
  const { reasons } = decide({ ...clear, blocks: ['split-changed'], notes: ['stratified', 'split-changed'] });
  expect(reasons.map(({ code }) => code)).toEqual(['split-changed', 'decided-better', 'stratified']);
});

it('every verdict has a number of its own, every reason has words without jargon', () => {
  expect(new Set(VERDICTS.map((verdict) => VERDICT_CODES[verdict])).size).toBe(VERDICTS.length);
  for (const code of REASON_CODES) {
    expect(reason(code).words).toMatch(/^[a-z]/);
    expect(reason(code).words).not.toMatch(/significan|null hypothesis|reject/i);
  }
});
