import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2, useTheme2 } from '@grafana/ui';
import type { ImpactWarning } from '../../calc/impact/impact';
import { Glyph } from '../shared/Glyph';
import { toneColours } from '../shared/tone';

interface CaveatsProps {
  warnings: readonly ImpactWarning[];
  most: number;
}

/** What to know before believing the money, the gravest first; the rest on hover and focus. */
export function Caveats({ warnings, most }: CaveatsProps) {
  const styles = useStyles2(getStyles);
  const colour = toneColours(useTheme2(), 'warning').text;
  if (warnings.length === 0) {
    return null;
  }
  const rest = warnings.slice(most);
  return (
    <ul className={styles.list} aria-label="Caveats">
      {warnings.slice(0, most).map(({ message }) => (
        <li key={message} className={styles.item}>
          <Glyph name="warning" size={12} colour={colour} />
          <span>{message}</span>
        </li>
      ))}
      {rest.length > 0 && (
        <li className={styles.item}>
          <Tooltip content={rest.map(({ message }) => message).join(' ')} placement="top">
            <button type="button" className={styles.more}>
              {rest.length} more {rest.length === 1 ? 'caveat' : 'caveats'}
            </button>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: '8px 0 0', padding: 0 }),
  item: css({
    display: 'flex',
    gap: 8,
    padding: '2px 0',
    fontSize: 12,
    lineHeight: '16px',
    color: theme.colors.text.secondary,
    '& > svg': { marginTop: 2 },
  }),
  more: css({
    padding: 0,
    border: 0,
    fontSize: 'inherit',
    background: 'none',
    color: 'inherit',
    textDecoration: 'underline dotted',
    cursor: 'help',
  }),
});
