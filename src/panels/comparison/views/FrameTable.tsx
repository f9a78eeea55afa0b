import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  title: string;
  /** CSS width in the grid, e.g. `2fr` or `80px`. */
  width: string;
  isNumber?: boolean;
  /** The column goes first when room ends: below this width of the panel. */
  from?: number;
  cell: (row: Row) => ReactNode;
}

interface FrameTableProps<Row> {
  label: string;
  columns: ReadonlyArray<TableColumn<Row>>;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  width: number;
}

/** Rows of a small table in the panels' own look. Numbers right, words left, headers as their columns. */
export function FrameTable<Row>({ label, columns, rows, keyOf, width }: FrameTableProps<Row>) {
  const styles = useStyles2(getStyles);
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const template = shown.map((column) => column.width).join(' ');
  return (
    <div role="table" aria-label={label} className={styles.table} tabIndex={0}>
      <div role="row" className={styles.header} style={{ gridTemplateColumns: template }}>
        {shown.map(({ title, isNumber }) => (
          <div key={title} role="columnheader" className={isNumber === true ? styles.number : undefined}>
            {title}
          </div>
        ))}
      </div>
      {rows.map((row) => (
        <div key={keyOf(row)} role="row" className={styles.row} style={{ gridTemplateColumns: template }}>
          {shown.map(({ title, isNumber, cell }) => (
            <div key={title} role="cell" className={isNumber === true ? styles.number : styles.words}>
              {cell(row)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const grid = { display: 'grid', columnGap: 12, alignItems: 'center' } as const;
  return {
    table: css({ minHeight: 0, overflowY: 'auto', fontVariantNumeric: 'tabular-nums' }),
    header: css({
      ...grid,
      height: 26,
      fontSize: 12,
      color: theme.colors.text.secondary,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    row: css({
      ...grid,
      minHeight: 44,
      padding: '4px 0',
      fontSize: 14,
      lineHeight: '18px',
      borderBottom: `1px solid color-mix(in srgb, ${theme.colors.border.weak} 50%, transparent)`,
      '&:last-of-type': { borderBottom: 0 },
    }),
    words: css({ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }),
    number: css({ textAlign: 'right', whiteSpace: 'nowrap' }),
  };
};
