import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Glyph } from '../shared/Glyph';
import type { ComparisonRow } from './answer';
import { VerdictChip } from './VerdictChip';
import { chipOf, insteadOfChip } from './chip';

/** The verdict's chip, or what stands in its place where the values were not measured. */
export function VerdictCell({ row, isSmall = false }: { row: ComparisonRow; isSmall?: boolean }) {
  const styles = useStyles2(getStyles);
  const instead = insteadOfChip(row);
  if (instead === null) {
    return <VerdictChip look={chipOf(row)} isSmall={isSmall} />;
  }
  return (
    <span className={styles.instead} title={instead}>
      <Glyph name={row.state === 'simulated' ? 'dashed-ring' : 'clock'} size={12} />
      {instead}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  instead: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    maxWidth: '100%',
    fontSize: 12,
    lineHeight: '16px',
    fontStyle: 'italic',
    color: theme.colors.text.secondary,
    '& > svg': { flex: 'none' },
  }),
});
