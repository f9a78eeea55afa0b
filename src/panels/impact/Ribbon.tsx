import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { Impact } from '../../calc/impact/impact';
import { Glyph } from '../shared/Glyph';
import { toneColours } from '../shared/tone';

/** The word a state is marked with; null for a result, which needs no ribbon. */
export function stateWord({ state }: Pick<Impact, 'state'>): string | null {
  switch (state) {
    case 'result':
      return null;
    case 'preliminary':
      return 'Preliminary';
    case 'simulated':
      return 'Simulated';
    case 'missing':
      return 'Incomplete';
  }
}

const wordsOf = (impact: Impact): string =>
  [...impact.preliminary.map(({ message }) => message), 'No rollout is advised.'].join(' ');

const LINE = 20;
const PADDING = 4;
/** Width of a character at 12 px, and of what stands around the words, px. */
const CHARACTER = 6.1;
const AROUND = 64;

/** Height of the ribbon at a width, px; 0 without one. */
export function ribbonHeight(impact: Impact, width: number): number {
  const word = stateWord(impact);
  if (word === null) {
    return 0;
  }
  const lines = Math.ceil(((word.length + 2 + wordsOf(impact).length) * CHARACTER) / Math.max(1, width - AROUND));
  return lines * LINE + 2 * PADDING;
}

interface RibbonProps {
  impact: Impact;
  width: number;
}

/** Says across the whole panel that these figures may not be booked, and why. */
export function Ribbon({ impact, width }: RibbonProps) {
  const styles = useStyles2(getStyles);
  const colour = toneColours(useTheme2(), 'warning').text;
  const word = stateWord(impact);
  if (word === null) {
    return null;
  }
  return (
    <div className={styles.ribbon} style={{ minHeight: ribbonHeight(impact, width) }} role="status">
      <Glyph name="warning" size={16} colour={colour} />
      <span>
        <strong className={styles.word}>{word}.</strong> {wordsOf(impact)}
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  ribbon: css({
    display: 'flex',
    flex: 'none',
    alignItems: 'center',
    gap: 10,
    padding: `${PADDING}px 10px`,
    borderRadius: theme.shape.radius.default,
    background: toneColours(theme, 'warning').tint,
    color: theme.colors.text.primary,
    fontSize: 12,
    lineHeight: `${LINE}px`,
    '& > svg': { flex: 'none' },
  }),
  word: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
});
