import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { Glyph } from '../shared/Glyph';
import { toneColours } from '../shared/tone';
import type { ChipLook } from './chip';

/** A verdict in a word with its icon; never clickable. */
export function VerdictChip({ look, isSmall = false }: { look: ChipLook; isSmall?: boolean }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { text, tint } = toneColours(theme, look.tone);
  return (
    <span
      className={cx(styles.chip, styles[look.frame], isSmall && styles.small)}
      style={{
        color: look.isFinding === true ? theme.colors.text.primary : text,
        background: look.frame === 'tint' ? tint : undefined,
      }}
    >
      <Glyph
        name={look.glyph}
        colour={look.glyphTone === undefined ? 'currentColor' : toneColours(theme, look.glyphTone).text}
      />
      {look.word}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chip: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    height: 22,
    padding: '0 8px 0 6px',
    borderRadius: 4,
    border: '1px solid transparent',
    fontSize: 12,
    lineHeight: '20px',
    fontWeight: 500,
    whiteSpace: 'nowrap',
  }),
  small: css({ height: 18, padding: '0 6px 0 5px', lineHeight: '16px' }),
  tint: css({}),
  outline: css({ borderColor: theme.colors.border.medium, fontWeight: 400 }),
  dashed: css({ borderColor: theme.colors.border.medium, borderStyle: 'dashed', fontWeight: 400 }),
});
