/** How a check's status is drawn: never by colour alone. */
import type { CheckStatus } from '../../contract/frames';
import type { GlyphName } from '../shared/Glyph';
import type { Tone } from '../shared/tone';

export const CHECK_LOOKS: Readonly<Record<CheckStatus, { glyph: GlyphName; tone: Tone }>> = {
  ok: { glyph: 'check', tone: 'win' },
  warning: { glyph: 'warning', tone: 'warning' },
  failed: { glyph: 'cross', tone: 'loss' },
  unknown: { glyph: 'dashed-ring', tone: 'neutral' },
};
