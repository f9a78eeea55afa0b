/** The cells of a comparison's row in each layout. */
import { cx } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { formatCount } from '../../calc/notation';
import { SourceMark } from '../shared/SourceMark';
import { Swatch } from '../shared/Swatch';
import { Bar, getCellStyles, Lift, Name, Values, type CellProps } from './cell-parts';
import { isMissing } from './chip';
import type { TableContext } from './table-context';
import type { Columns } from './layout';
import { VerdictCell } from './VerdictCell';

interface RowCellsProps extends CellProps {
  context: TableContext;
  /** The row above is of the same metric: its name is not repeated. */
  continuesGroup: boolean;
}

interface ColumnCellsProps extends RowCellsProps {
  columns: Columns;
  height: number;
}

/** Below this height the margin's words, beneath its tick, would run into the next row, px. */
const MARGIN_WORDS_FROM = 46;
/** From this height on a metric's name may take two lines above its role, px. */
const TWO_LINES_FROM = 54;

export function WideCells({ row, words, context, columns, height, continuesGroup }: ColumnCellsProps) {
  // prettier-ignore
  const styles = useStyles2(getCellStyles);
  const isDimmed = row.verdict === 'invalid';
  const value = cx(styles.value, words.mark !== '' && styles.estimated, isDimmed && styles.muted);
  // What nobody counted is not zero.
  const isUncounted = isMissing(row);
  const samples = [
    { name: row.control, n: isUncounted ? null : row.nControl },
    { name: row.variant, n: isUncounted ? null : row.nVariant },
  ];
  return (
    <>
      <div role="rowheader">
        <Name
          row={row}
          context={context}
          continuesGroup={continuesGroup}
          withRole
          isOneLine={height < TWO_LINES_FROM}
        />
      </div>
      <div role="cell" className={cx(value, !isDimmed && styles.control)}>
        {row.valueControl !== null && words.mark}
        {words.valueControl}
      </div>
      <div role="cell" className={value}>
        {row.valueVariant !== null && words.mark}
        {words.valueVariant}
      </div>
      <div role="cell" className={styles.right}>
        <Lift row={row} words={words} />
      </div>
      <div role="cell" className={styles.bar}>
        <Bar row={row} words={words} width={columns.bar} height={height} withMargin={height >= MARGIN_WORDS_FROM} />
      </div>
      <div role="cell">
        <VerdictCell row={row} />
      </div>
      <div role="cell" className={styles.right}>
        <div className={styles.value}>{words.chance}</div>
        {words.chanceOf !== '' && <div className={styles.small}>{words.chanceOf}</div>}
      </div>
      <div role="cell" className={styles.samples}>
        {samples.map(({ name, n }) => {
          const mark = context.marks.get(name);
          return (
            <div key={name} aria-label={`${name}: ${formatCount(n)}`}>
              {mark && <Swatch mark={mark} size={9} />}
              {formatCount(n)}
            </div>
          );
        })}
      </div>
      <div role="cell" className={styles.source}>
        <SourceMark state={row.state} source={row.source} />
      </div>
    </>
  );
}

export function MediumCells({ row, words, context, columns, height, continuesGroup }: ColumnCellsProps) {
  // prettier-ignore
  const styles = useStyles2(getCellStyles);
  return (
    <>
      <div role="rowheader">
        <Name row={row} context={context} continuesGroup={continuesGroup} withRole={false} />
      </div>
      <div role="cell" className={styles.right}>
        <Values row={row} words={words} />
      </div>
      <div role="cell" className={styles.right}>
        <Lift row={row} words={words} />
      </div>
      <div role="cell" className={styles.bar}>
        <Bar row={row} words={words} width={columns.bar} height={height} withMargin={false} />
      </div>
      <div role="cell" className={styles.right}>
        <VerdictCell row={row} />
      </div>
    </>
  );
}

/** Height of a stacked row's third line, with the bar and the chip. */
const STACKED_BAR = 22;

export function NarrowCells({ row, words, context, width, continuesGroup }: RowCellsProps & { width: number }) {
  // prettier-ignore
  const styles = useStyles2(getCellStyles);
  const variant = context.hasManyTreatments ? row.variant : null;
  return (
    <>
      <div role="rowheader" className={cx(styles.metric, styles.oneLine)} title={row.metric.label}>
        {variant === null ? row.metric.label : `${continuesGroup ? '' : `${row.metric.label}, `}${variant}`}
      </div>
      <div role="cell" className={cx(styles.right, styles.lift, words.mark !== '' && styles.estimated)}>
        {words.withheld === null && words.mark}
        {words.lift}
      </div>
      <div role="cell" className={styles.small}>
        <Values row={row} words={words} />
      </div>
      <div role="cell" className={cx(styles.right, styles.small)}>
        {words.interval}
      </div>
      <div role="cell" className={styles.bar}>
        <Bar row={row} words={words} width={Math.floor(width * 0.56)} height={STACKED_BAR} withMargin={false} />
      </div>
      <div role="cell" className={styles.right}>
        <VerdictCell row={row} isSmall />
      </div>
    </>
  );
}
