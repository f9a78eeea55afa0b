import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Swatch } from '../shared/Swatch';
import type { VariantMark } from '../shared/variant-marks';
import type { ComparisonRow } from './answer';
import { ComparisonLine } from './ComparisonLine';
import { columnsOf, type Columns, type Layout } from './layout';
import type { TableContext } from './table-context';

interface ComparisonTableProps {
  rows: readonly ComparisonRow[];
  context: TableContext;
  layout: Exclude<Layout, 'tile'>;
  width: number;
  rowHeight: number;
  /** The medium layout does without, where every pixel belongs to the rows. */
  hasHeader: boolean;
}

function VariantName({ name, mark }: { name: string; mark: VariantMark | undefined }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.variant} title={name}>
      {mark && <Swatch mark={mark} />}
      <span>{name}</span>
    </span>
  );
}

interface HeaderProps {
  layout: 'wide' | 'medium';
  columns: Columns;
  first: ComparisonRow;
  context: TableContext;
}

function Header({ layout, columns, first, context }: HeaderProps) {
  const styles = useStyles2(getStyles);
  const control = <VariantName name={first.control} mark={context.marks.get(first.control)} />;
  const treatment = context.hasManyTreatments ? (
    'Variant'
  ) : (
    <VariantName name={first.variant} mark={context.marks.get(first.variant)} />
  );
  const confidence = `${Number(((1 - context.alpha) * 100).toPrecision(4))}\u00a0%`;
  const values =
    layout === 'wide'
      ? [control, treatment]
      : [
          <span key="values" className={styles.pair}>
            {control} → {treatment}
          </span>,
        ];
  const head = ['Metric', ...values, `Lift, ${confidence}`];
  const tail = layout === 'wide' ? ['Verdict', 'Chance', 'n', 'Source'] : ['Verdict'];
  const isRightAligned = (index: number) => index > 0;
  return (
    <div role="row" className={styles.header} style={{ gridTemplateColumns: columns.template, columnGap: columns.gap }}>
      {head.map((title, index) => (
        <div key={index} role="columnheader" className={isRightAligned(index) ? styles.right : undefined}>
          {title}
        </div>
      ))}
      <div role="columnheader" className={styles.axis}>
        {columns.bar >= 150 ? (
          <>
            <span>← worse</span>
            <span>better →</span>
          </>
        ) : (
          <>
            <span aria-label="worse">←</span>
            <span aria-label="better">→</span>
          </>
        )}
      </div>
      {tail.map((title) => (
        <div
          key={title}
          role="columnheader"
          className={title === 'Chance' || title === 'n' || layout === 'medium' ? styles.right : undefined}
        >
          {title}
        </div>
      ))}
    </div>
  );
}

/** The comparisons as a table: a row a metric and variant, in the columns its width has room for. */
export function ComparisonTable({ rows, context, layout, width, rowHeight, hasHeader }: ComparisonTableProps) {
  const styles = useStyles2(getStyles);
  const first = rows[0];
  if (first === undefined) {
    return null;
  }
  const columns = layout === 'narrow' ? null : columnsOf(layout, width);
  return (
    <div role="table" aria-label="Comparison of variants" className={styles.table}>
      {columns !== null && layout !== 'narrow' && (
        <div className={hasHeader ? undefined : styles.unseen}>
          <Header layout={layout} columns={columns} first={first} context={context} />
        </div>
      )}
      {rows.map((row, index) => (
        <ComparisonLine
          key={`${row.metric.id} ${row.variant}`}
          row={row}
          context={context}
          layout={layout}
          columns={columns}
          width={width}
          height={rowHeight}
          continuesGroup={rows[index - 1]?.metric.id === row.metric.id}
        />
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ flex: 'none', fontVariantNumeric: 'tabular-nums' }),
  header: css({
    display: 'grid',
    alignItems: 'center',
    height: 26,
    fontSize: 12,
    color: theme.colors.text.secondary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    whiteSpace: 'nowrap',
  }),
  right: css({ textAlign: 'right', minWidth: 0 }),
  axis: css({
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    columnGap: 24,
    '& > :first-child': { textAlign: 'right' },
  }),
  variant: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    maxWidth: '100%',
    '& > span': { overflow: 'hidden', textOverflow: 'ellipsis' },
    '& > svg': { flex: 'none' },
  }),
  // Long names run out to the left, over the empty end of the metric's column, and no further.
  pair: css({ display: 'flex', justifyContent: 'flex-end', gap: 6, '& > span': { flex: 'none', maxWidth: 98 } }),
  unseen: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});
