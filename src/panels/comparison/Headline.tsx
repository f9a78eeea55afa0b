import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { Headline as HeadlineWords } from '../../contract/frames';
import { Glyph, type GlyphName } from '../shared/Glyph';
import { toneColours, type Tone } from '../shared/tone';
import { headlineSizeOf, type Layout } from './layout';

const LOOKS: Record<HeadlineWords['tone'], { glyph: GlyphName; tone: Tone }> = {
  win: { glyph: 'circle-check', tone: 'win' },
  loss: { glyph: 'circle-cross', tone: 'loss' },
  undecided: { glyph: 'circle-minus', tone: 'neutral' },
  early: { glyph: 'clock', tone: 'neutral' },
  invalid: { glyph: 'warning', tone: 'warning' },
  'test-set': { glyph: 'flask', tone: 'neutral' },
  'no-data': { glyph: 'dashed-ring', tone: 'neutral' },
};

interface HeadlineProps {
  words: HeadlineWords;
  layout: Layout;
  width: number;
}

/** The sentence a manager reads first: who is ahead, by how much, how sure; then what is open, muted. */
export function Headline({ words, layout, width }: HeadlineProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { glyph, tone } = LOOKS[words.tone];
  const size = headlineSizeOf(layout, width);
  const colour = tone === 'neutral' ? theme.colors.text.secondary : toneColours(theme, tone).text;
  if (layout === 'wide') {
    return (
      <div className={styles.line} style={{ fontSize: size, lineHeight: 1.3 }} role="status">
        <Glyph name={glyph} size={size + 2} colour={colour} />
        <div className={styles.sentence}>
          <strong>{words.subject}</strong> <span>{words.text}</span>
          {words.aside !== '' && <span className={styles.aside}>{words.aside}</span>}
        </div>
      </div>
    );
  }
  const isNarrow = layout !== 'medium';
  // In a narrow panel the subject stands alone: its colon leads nowhere.
  const subject = isNarrow ? words.subject.replace(/:$/, '') : words.subject;
  const below = isNarrow ? [words.text, words.aside].filter((text) => text !== '').join('. ') : words.aside;
  return (
    <div className={styles.block} role="status">
      <div className={styles.line} style={{ fontSize: size, lineHeight: '24px' }}>
        <Glyph name={glyph} size={18} colour={colour} />
        <div className={styles.sentence}>
          <strong>{subject}</strong> {!isNarrow && <span className={styles.second}>{words.text}</span>}
        </div>
      </div>
      {below !== '' && (
        <div className={isNarrow ? styles.text : styles.muted} title={below}>
          {below}
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ flex: 'none' }),
  line: css({ display: 'flex', alignItems: 'center', gap: 8, flex: 'none' }),
  sentence: css({
    minWidth: 0,
    color: theme.colors.text.primary,
    fontVariantNumeric: 'tabular-nums',
    // Grafana ships Inter up to 500: a heavier face where the host has one, never a smeared one.
    fontSynthesis: 'none',
    '& strong': { fontWeight: 600, color: theme.colors.text.maxContrast },
  }),
  second: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
  aside: css({ marginLeft: 16, fontSize: 14, color: theme.colors.text.secondary }),
  text: css({
    fontSize: 12,
    lineHeight: '18px',
    color: theme.colors.text.primary,
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  }),
  muted: css({ marginLeft: 26, fontSize: 12, lineHeight: '18px', color: theme.colors.text.secondary }),
});
