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

/** Says across the whole panel that these figures may not be booked, and why. */
export function Ribbon({ impact }: { impact: Impact }) {
  const styles = useStyles2(getStyles);
  const colour = toneColours(useTheme2(), 'warning').text;
  const word = stateWord(impact);
  if (word === null) {
    return null;
  }
  const reasons = impact.preliminary.map(({ message }) => message);
  const words = [...reasons, 'No rollout is advised.'].join(' ');
  return (
    <div className={styles.ribbon} role="status" title={words}>
      <Glyph name="warning" size={16} colour={colour} />
      <span className={styles.words}>
        <strong className={styles.word}>{word}.</strong> {words}
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  ribbon: css({
    display: 'flex',
    flex: 'none',
    alignItems: 'flex-start',
    gap: 10,
    padding: '4px 10px',
    borderRadius: theme.shape.radius.default,
    background: toneColours(theme, 'warning').tint,
    color: theme.colors.text.primary,
    fontSize: 12,
    lineHeight: '20px',
    '& > svg': { marginTop: 2 },
  }),
  words: css({
    minWidth: 0,
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  }),
  word: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
});
