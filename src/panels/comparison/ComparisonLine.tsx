import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import { formatCount } from '../../calc/notation';
import { SourceMark } from '../shared/SourceMark';
import { Swatch } from '../shared/Swatch';
import type { ComparisonRow } from './answer';
import type { TableContext } from './ComparisonTable';
import { IntervalBar } from './IntervalBar';
import type { Columns, Layout } from './layout';
import { RowTooltip } from './RowTooltip';
import { metricSubtitle, rowSentence, wordsOf, type RowWords } from './row-words';
import { barTone } from './chip';
import { VerdictCell } from './VerdictCell';

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

interface CellProps {
  row: ComparisonRow;
  words: RowWords;
}

function Values({ row, words }: CellProps) {
  const styles = useStyles2(getStyles);
  const isEstimated = words.mark !== '';
  if (row.valueControl === null && row.valueVariant === null) {
    return <span className={styles.muted}>no data</span>;
  }
  return (
    <span className={cx(isEstimated && styles.estimated, row.verdict === 'invalid' && styles.muted)}>
      {words.mark}
      {words.valueControl} → {words.valueVariant}
    </span>
  );
}

function Lift({ words }: CellProps) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <div className={cx(styles.lift, words.mark !== '' && styles.estimated, words.withheld !== null && styles.muted)}>
        {words.withheld === null && words.mark}
        {words.lift}
      </div>
      {words.interval !== '' && <div className={styles.small}>{words.interval}</div>}
    </>
  );
}

function Bar({
  row,
  words,
  width,
  height,
  withMargin,
}: CellProps & { width: number; height: number; withMargin: boolean }) {
  const styles = useStyles2(getStyles);
  if (words.withheld !== null) {
    return (
      <span className={styles.withheld} title={words.withheld}>
        {words.withheld}
      </span>
    );
  }
  return (
    <IntervalBar
      width={width}
      height={height}
      lift={row.lift}
      fixed={row.fixed}
      sequential={row.sequential}
      margin={row.metric.margin}
      direction={row.metric.direction}
      tone={barTone(row)}
      isEstimated={row.state === 'estimated' || row.state === 'simulated'}
      label={rowSentence(row)}
      marginText={withMargin ? (words.margin ?? undefined) : undefined}
    />
  );
}

function Name({
  row,
  context,
  continuesGroup,
  withRole,
}: Pick<ComparisonLineProps, 'row' | 'context' | 'continuesGroup'> & { withRole: boolean }) {
  // prettier-ignore
  const styles = useStyles2(getStyles);
  const mark = context.marks.get(row.variant);
  const variant = context.hasManyTreatments ? (
    <div className={styles.variant}>
      {mark && <Swatch mark={mark} size={9} />}
      {row.variant}
    </div>
  ) : null;
  return (
    <>
      <div className={continuesGroup ? styles.hidden : styles.metric}>{row.metric.label}</div>
      {variant ?? (withRole && <div className={styles.small}>{metricSubtitle(row.metric)}</div>)}
    </>
  );
}

function WideCells({
  row,
  words,
  context,
  columns,
  height,
  continuesGroup,
}: CellProps & Pick<ComparisonLineProps, 'context' | 'height' | 'continuesGroup'> & { columns: Columns }) {
  // prettier-ignore
  const styles = useStyles2(getStyles);
  const value = cx(styles.value, words.mark !== '' && styles.estimated, row.verdict === 'invalid' && styles.muted);
  const samples = [
    { name: row.control, n: row.nControl },
    { name: row.variant, n: row.nVariant },
  ];
  return (
    <>
      <div role="rowheader">
        <Name row={row} context={context} continuesGroup={continuesGroup} withRole={height >= 40} />
      </div>
      <div role="cell" className={cx(value, styles.control)}>
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
        <Bar row={row} words={words} width={columns.bar} height={height} withMargin />
      </div>
      <div role="cell">
        <VerdictCell row={row} />
      </div>
      <div role="cell" className={styles.right}>
        <div className={styles.value}>{words.chance}</div>
        {words.withheld === null && row.chanceToWin !== null && <div className={styles.small}>to win</div>}
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

function MediumCells({
  row,
  words,
  context,
  columns,
  height,
  continuesGroup,
}: CellProps & Pick<ComparisonLineProps, 'context' | 'height' | 'continuesGroup'> & { columns: Columns }) {
  // prettier-ignore
  const styles = useStyles2(getStyles);
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

function NarrowCells({
  row,
  words,
  context,
  width,
  continuesGroup,
}: CellProps & Pick<ComparisonLineProps, 'context' | 'width' | 'continuesGroup'>) {
  // prettier-ignore
  const styles = useStyles2(getStyles);
  const variant = context.hasManyTreatments ? row.variant : null;
  return (
    <>
      <div role="rowheader" className={styles.metric}>
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

const getStyles = (theme: GrafanaTheme2) => {
  const ellipsis = { overflow: 'hidden', textOverflow: 'ellipsis' } as const;
  return {
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
    metric: css({ ...ellipsis, fontWeight: 500, color: theme.colors.text.primary, display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical' }), // prettier-ignore
    hidden: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
    variant: css({ display: 'flex', alignItems: 'center', gap: 6, fontSize: 12, color: theme.colors.text.secondary }),
    small: css({ fontSize: 11, lineHeight: '16px', color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    right: css({ textAlign: 'right', whiteSpace: 'nowrap' }),
    value: css({ textAlign: 'right', whiteSpace: 'nowrap', color: theme.colors.text.maxContrast }),
    control: css({ color: theme.colors.text.primary }),
    lift: css({ fontWeight: 500, color: theme.colors.text.maxContrast, whiteSpace: 'nowrap' }),
    estimated: css({ fontStyle: 'italic' }),
    muted: css({ color: theme.colors.text.secondary, fontWeight: 400 }),
    bar: css({ alignSelf: 'stretch', display: 'flex', alignItems: 'center' }),
    withheld: css({ ...ellipsis, fontSize: 12, color: theme.colors.text.secondary, display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical' }), // prettier-ignore
    samples: css({
      fontSize: 12,
      lineHeight: '18px',
      '& > div': { display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: 8 },
    }),
    source: css({ color: theme.colors.text.secondary }),
  };
};
