import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import type { UpliftMeta } from '../../contract/frames';
import { PanelHead } from '../shared/PanelHead';
import type { ComparisonRow } from './answer';
import type { TableContext } from './table-context';
import { RowTooltip } from './RowTooltip';
import { rowSentence, wordsOf } from './row-words';
import { VerdictCell } from './VerdictCell';

interface TileProps {
  row: ComparisonRow;
  facts: readonly string[];
  meta: UpliftMeta | undefined;
  context: TableContext;
  height: number;
}

/** The smallest comparison, 6×4: headline, lift, chip and badge; everything else is in the tooltip. */
export function Tile({ row, facts, meta, context, height }: TileProps) {
  const styles = useStyles2(getStyles);
  const words = wordsOf(row);
  const subject = meta?.headline?.subject.replace(/:$/, '') ?? row.variant;
  return (
    <div className={styles.tile}>
      <PanelHead facts={facts} provenance={meta?.provenance} now={context.now} />
      <Tooltip
        content={
          <RowTooltip
            row={row}
            provenance={context.provenance}
            marks={context.marks}
            alpha={context.alpha}
            now={context.now}
          />
        }
        placement="bottom"
        interactive
      >
        <div className={styles.body} tabIndex={0} role="group" aria-label={rowSentence(row)}>
          <div className={styles.subject}>{subject}</div>
          <div className={styles.lift} style={{ fontSize: height >= 100 ? 24 : 20 }}>
            {words.withheld === null && words.mark}
            {words.lift}
          </div>
          <div className={styles.metric}>{row.metric.label}</div>
          <div className={styles.interval}>{words.interval}</div>
          <div className={styles.chip}>
            <VerdictCell row={row} isSmall />
          </div>
        </div>
      </Tooltip>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const ellipsis = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  return {
    tile: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }),
    body: css({
      flex: 1,
      minHeight: 0,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      alignContent: 'center',
      alignItems: 'baseline',
      columnGap: 12,
      fontVariantNumeric: 'tabular-nums',
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
    }),
    subject: css({
      ...ellipsis,
      fontSize: 16,
      lineHeight: '22px',
      fontWeight: 600,
      fontSynthesis: 'none',
      color: theme.colors.text.maxContrast,
    }),
    metric: css({ ...ellipsis, fontSize: 12, color: theme.colors.text.secondary }),
    lift: css({
      lineHeight: '26px',
      fontWeight: 500,
      textAlign: 'right',
      color: theme.colors.text.maxContrast,
      whiteSpace: 'nowrap',
    }),
    interval: css({ fontSize: 12, textAlign: 'right', color: theme.colors.text.secondary }),
    chip: css({ gridColumn: '1 / -1', marginTop: 4 }),
  };
};
