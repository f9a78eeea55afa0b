/** Which chip stands for a comparison: word, icon and colour. The only place where a verdict becomes a look. */
import type { ReasonCode, Verdict } from '../../calc/verdict';
import type { GlyphName } from '../shared/Glyph';
import type { Tone } from '../shared/tone';
import type { ComparisonRow } from './answer';

export interface ChipLook {
  word: string;
  glyph: GlyphName;
  /** `tint`: filled; `outline`; `dashed`: something is missing for a verdict. */
  frame: 'tint' | 'outline' | 'dashed';
  /** Colour of frame and word. */
  tone: Tone;
  /** The word is a finding, not a caveat: it takes the colour of text. */
  isFinding?: boolean;
  /** Colour of the icon, where it differs. */
  glyphTone?: Tone;
}

const has = (row: ComparisonRow, code: ReasonCode) => row.reasons.some((reason) => reason.code === code);

const NOT_DECIDED: ChipLook = { word: 'Not decided', glyph: 'circle-minus', frame: 'outline', tone: 'neutral' };
const NOT_ENOUGH: ChipLook = { word: 'Not enough data', glyph: 'clock', frame: 'dashed', tone: 'neutral' };
const NO_DATA: ChipLook = { word: 'No data', glyph: 'dashed-ring', frame: 'dashed', tone: 'neutral' };
const INVALID: ChipLook = { word: 'Invalid', glyph: 'warning', frame: 'tint', tone: 'warning' };
const WINS: ChipLook = { word: 'Wins', glyph: 'check', frame: 'tint', tone: 'win' };
const LOSES: ChipLook = { word: 'Loses', glyph: 'cross', frame: 'tint', tone: 'loss' };
const BREAKS: ChipLook = { word: 'Breaks margin', glyph: 'shield-cross', frame: 'tint', tone: 'loss' };
const WITHIN: ChipLook = {
  word: 'Within margin',
  glyph: 'shield-check',
  frame: 'outline',
  tone: 'neutral',
  isFinding: true,
  glyphTone: 'win',
};
const ON_TEST_SET: ChipLook = {
  word: 'Better on test set',
  glyph: 'flask',
  frame: 'outline',
  tone: 'neutral',
  isFinding: true,
};
const WORSE_ON_TEST_SET: ChipLook = {
  word: 'Worse on test set',
  glyph: 'flask',
  frame: 'outline',
  tone: 'neutral',
  isFinding: true,
};

function offlineLook(row: ComparisonRow): ChipLook {
  if (row.fixed === null || (row.fixed.low <= 0 && row.fixed.high >= 0)) {
    return NOT_DECIDED;
  }
  const isHigher = row.fixed.low > 0;
  return isHigher === (row.metric.direction === 'higher') ? ON_TEST_SET : WORSE_ON_TEST_SET;
}

/** Whether there is nothing to compare: neither arm has a value. */
export function isMissing(row: ComparisonRow): boolean {
  return row.state === 'missing' || (row.valueControl === null && row.valueVariant === null);
}

/** The chip of a whole experiment's verdict, where no margin is known. */
export function verdictLook(verdict: Verdict): ChipLook {
  switch (verdict) {
    case 'winner':
      return WINS;
    case 'loser':
      return LOSES;
    case 'inconclusive':
      return NOT_DECIDED;
    case 'not-enough-data':
      return NOT_ENOUGH;
    case 'invalid':
      return INVALID;
  }
}

/** The chip of a comparison. A guardrail's status comes before a plain “not decided”, never before an invalid test. */
export function chipOf(row: ComparisonRow): ChipLook {
  if (row.verdict === 'invalid') {
    return INVALID;
  }
  if (isMissing(row)) {
    return NO_DATA;
  }
  if (has(row, 'offline') && !has(row, 'stale')) {
    return offlineLook(row);
  }
  if (row.guardrail === 'broken') {
    return BREAKS;
  }
  const isDecided = row.verdict === 'winner';
  return row.guardrail === 'holds' && !isDecided ? WITHIN : verdictLook(row.verdict);
}

/** The colour of a row's interval: green or red only where the verdict is decided. */
export function barTone(row: ComparisonRow): Tone {
  if (row.state !== 'measured') {
    return 'neutral';
  }
  const look = chipOf(row);
  return look.frame === 'tint' && look.tone !== 'warning' ? look.tone : 'neutral';
}

/** What stands in the chip's place when a row is not measured: “estimated, 3 h old”; null when the chip stands. */
export function insteadOfChip(row: ComparisonRow): string | null {
  const says = (code: ReasonCode) => row.reasons.find((reason) => reason.code === code)?.words;
  if (row.state === 'estimated' && row.verdict !== 'invalid') {
    return says('estimated') ?? says('stale') ?? 'estimated';
  }
  return row.state === 'simulated' ? 'simulated' : null;
}
