import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import type { ComparisonRow } from './answer';
import type { TableContext } from './table-context';
import type { Columns, Layout } from './layout';
import { MediumCells, NarrowCells, WideCells } from './row-cells';
import { RowTooltip } from './RowTooltip';
import { rowSentence, wordsOf } from './row-words';

interface ComparisonLineProps {
  row: ComparisonRow;
  context: TableContext;
  layout: Exclude<Layout, 'tile'>;
  /** Null in the narrow layout, which stacks. */
  columns: Columns | null;
  width: number;
  height: number;
  /** The row above is of the same metric: its name is not repeated. */
  continuesGroup: boolean;
}

/** One comparison: values, lift, interval on the benefit axis, verdict; all of it in words on hover and on focus. */
export function ComparisonLine(props: ComparisonLineProps) {
  const { row, context, columns, width, height, continuesGroup } = props;
  const styles = useStyles2(getStyles);
  const words = wordsOf(row);
  const cells = { row, words, context, height, width, continuesGroup };
  const style =
    columns === null
      ? { gridTemplateColumns: '1fr auto', gridTemplateRows: '20px 17px 22px', height }
      : { gridTemplateColumns: columns.template, columnGap: columns.gap, height };
  const tooltip = (
    <RowTooltip
      row={row}
      provenance={context.provenance}
      marks={context.marks}
      alpha={context.alpha}
      now={context.now}
    />
  );
  return (
    <Tooltip content={tooltip} placement="bottom" interactive>
      <div
        role="row"
        tabIndex={0}
        aria-label={rowSentence(row)}
        className={cx(styles.row, columns === null && styles.stacked)}
        style={style}
      >
        {columns === null ? (
          <NarrowCells {...cells} />
        ) : props.layout === 'wide' ? (
          <WideCells {...cells} columns={columns} />
        ) : (
          <MediumCells {...cells} columns={columns} />
        )}
      </div>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'grid',
    alignItems: 'center',
    fontSize: 14,
    lineHeight: '18px',
    // Half of border.weak: rows are told apart without being boxed in.
    boxShadow: `inset 0 -1px 0 color-mix(in srgb, ${theme.colors.border.weak} 50%, transparent)`,
    '&:last-of-type': { boxShadow: 'none' },
    '&:hover': { background: `color-mix(in srgb, ${theme.colors.action.hover} 35%, transparent)` },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
    '& > *': { minWidth: 0 },
  }),
  stacked: css({ columnGap: 12, paddingTop: 4, alignContent: 'start' }),
});
