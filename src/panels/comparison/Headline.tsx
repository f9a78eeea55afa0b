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

/** Most characters of a subject; in a narrow panel, the other. */
const LONGEST_SUBJECT = 64;
const LONGEST_NARROW_SUBJECT = 44;
/** Kept of the end of a longer one: it holds the verdict. */
const KEPT_END = 20;

/** A subject with a very long name: the name's middle gives way, never the verdict at the end. */
export function shortenSubject(subject: string, most: number): string {
  const end = subject.slice(-KEPT_END);
  return subject.length <= most ? subject : `${subject.slice(0, most - KEPT_END - 1).trimEnd()}…${end}`;
}

interface HeadlineProps {
  words: HeadlineWords;
  layout: Layout;
  width: number;
}

/** A text whose intervals never wrap. */
function Unbroken({ text }: { text: string }) {
  const styles = useStyles2(getStyles);
  return text.split(/(\S*…\S*)/).map((part, index) =>
    part.includes('…') ? (
      <span key={index} className={styles.unbroken}>
        {part}
      </span>
    ) : (
      part
    ),
  );
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
          <strong title={words.subject}>{shortenSubject(words.subject, LONGEST_SUBJECT)}</strong>{' '}
          <span>
            <Unbroken text={words.text} />
          </span>
          {words.aside !== '' && <span className={styles.aside}>{words.aside}</span>}
        </div>
      </div>
    );
  }
  const isNarrow = layout !== 'medium';
  // In a narrow panel the subject stands alone: its colon leads nowhere.
  const subject = isNarrow
    ? shortenSubject(words.subject.replace(/:$/, ''), LONGEST_NARROW_SUBJECT)
    : shortenSubject(words.subject, LONGEST_SUBJECT);
  const below = isNarrow ? [words.text, words.aside].filter((text) => text !== '').join('. ') : words.aside;
  return (
    <div className={styles.block} role="status">
      <div className={styles.line} style={{ fontSize: size, lineHeight: '24px' }}>
        <Glyph name={glyph} size={18} colour={colour} />
        <div className={styles.sentence}>
          <strong title={words.subject}>{subject}</strong>{' '}
          {!isNarrow && (
            <span className={styles.second}>
              <Unbroken text={words.text} />
            </span>
          )}
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
    overflowWrap: 'anywhere',
    color: theme.colors.text.primary,
    fontVariantNumeric: 'tabular-nums',
    // Grafana ships Inter up to 500: a heavier face where the host has one, never a smeared one.
    fontSynthesis: 'none',
    '& strong': { fontWeight: 600, color: theme.colors.text.maxContrast },
  }),
  second: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
  unbroken: css({ whiteSpace: 'nowrap' }),
  aside: css({ marginLeft: 16, fontSize: 14, color: theme.colors.text.secondary }),
  text: css({
    fontSize: 12,
    lineHeight: '18px',
    color: theme.colors.text.primary,
    display: '-webkit-box',
    WebkitLineClamp: 3,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  }),
  muted: css({ marginLeft: 26, fontSize: 12, lineHeight: '18px', color: theme.colors.text.secondary }),
});
