import type { ReasonCode } from '../../calc/verdict';
import type { ComparisonRow } from './answer';
import { barTone, chipOf, insteadOfChip } from './chip';

function row(own: Partial<ComparisonRow>, ...codes: ReasonCode[]): ComparisonRow {
  return {
    metric: { id: 'accuracy', label: 'Accuracy', kind: 'proportion', direction: 'higher', role: 'goal', unit: 'fraction' },
    variant: 'enhanced', control: 'baseline', nControl: 100, nVariant: 100, valueControl: 0.78, valueVariant: 0.81, lift: 0.03, liftRelative: 0.04,
    fixed: { low: 0.01, high: 0.05 }, sequential: null, pValue: 0.01, pAdjusted: null, sequentialP: null, chanceToWin: 0.99, chanceWithinMargin: null, decimals: undefined, link: undefined, expectedLoss: 0,
    daysLeft: null, guardrail: null, harmBound: null, tunedFor: null, verdict: 'inconclusive', reasons: codes.map((code) => ({ code, words: code })),
    source: 'prometheus', state: 'measured', ...own,
  }; // prettier-ignore
}

describe('the chip of a comparison', () => {
  it.each([
    ['a decided win', row({ verdict: 'winner' }), 'Wins', 'win'],
    ['a decided loss', row({ verdict: 'loser' }), 'Loses', 'loss'],
    ['an open test', row({}), 'Not decided', 'neutral'],
    ['too little data', row({ verdict: 'not-enough-data' }), 'Not enough data', 'neutral'],
    ['a guardrail that holds', row({ guardrail: 'holds' }), 'Within margin', 'neutral'],
    ['a guardrail that is worse, yet holds', row({ guardrail: 'holds', verdict: 'loser' }), 'Within margin', 'neutral'],
    ['a guardrail that is better and holds', row({ guardrail: 'holds', verdict: 'winner' }), 'Wins', 'win'],
    ['a broken guardrail', row({ guardrail: 'broken', verdict: 'loser' }), 'Breaks margin', 'loss'],
    [
      'an invalid test, whatever its guardrails',
      row({ verdict: 'invalid', guardrail: 'broken' }),
      'Invalid',
      'neutral',
    ],
    ['no values at all', row({ valueControl: null, valueVariant: null }), 'No data', 'neutral'],
    ['a better offline accuracy', row({ verdict: 'not-enough-data' }, 'offline'), 'Better on test set', 'neutral'],
    ['an offline accuracy that may be equal', row({ fixed: { low: -0.01, high: 0.05 } }, 'offline'), 'Not decided', 'neutral'], // prettier-ignore
  ] as const)('%s', (_name, comparison, word, tone) => {
    expect(chipOf(comparison).word).toBe(word);
    expect(barTone(comparison)).toBe(tone);
  });

  it('an estimated row has no verdict, and its bar no colour', () => {
    const kept = row({ verdict: 'winner', state: 'estimated' });
    expect(insteadOfChip(kept)).toBe('estimated');
    expect(barTone(kept)).toBe('neutral');
  });

  it('an estimated row says from what, or how old', () => {
    const kept = row({ state: 'estimated', reasons: [{ code: 'estimated', words: 'estimated, 3 h old' }] });
    expect(insteadOfChip(kept)).toBe('estimated, 3 h old');
  });

  it('a stale row says how stale', () => {
    const stale = row({ state: 'estimated', reasons: [{ code: 'stale', words: 'stale, 41 d' }] });
    expect(insteadOfChip(stale)).toBe('stale, 41 d');
  });
});
