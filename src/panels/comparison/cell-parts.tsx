/** What the cells of a comparison's row are made of, in every layout. */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Swatch } from '../shared/Swatch';
import type { ComparisonRow } from './answer';
import { barTone } from './chip';
import type { TableContext } from './table-context';
import { IntervalBar } from './IntervalBar';
import { metricSubtitle, rowSentence, type RowWords } from './row-words';

export interface CellProps {
  row: ComparisonRow;
  words: RowWords;
}

export function Values({ row, words }: CellProps) {
  const styles = useStyles2(getCellStyles);
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

export function Lift({ words }: CellProps) {
  const styles = useStyles2(getCellStyles);
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

export function Bar({
  row,
  words,
  width,
  height,
  withMargin,
}: CellProps & { width: number; height: number; withMargin: boolean }) {
  const styles = useStyles2(getCellStyles);
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

/** The metric's name; a link where the panel's author set one. */
function MetricName({ row: { metric, link } }: { row: ComparisonRow }) {
  return link === undefined ? (
    metric.label
  ) : (
    <a href={link.href} target={link.target} title={link.title}>
      {metric.label}
    </a>
  );
}

export function Name({
  row,
  context,
  continuesGroup,
  withRole,
  isOneLine = false,
}: {
  row: ComparisonRow;
  context: TableContext;
  continuesGroup: boolean;
  withRole: boolean;
  /** The row has no room for a name of two lines above its role. */
  isOneLine?: boolean;
}) {
  // prettier-ignore
  const styles = useStyles2(getCellStyles);
  const mark = context.marks.get(row.variant);
  const variant = context.hasManyTreatments ? (
    <div className={styles.variant} title={row.variant}>
      {mark && <Swatch mark={mark} size={9} />}
      <span>{row.variant}</span>
    </div>
  ) : null;
  return (
    <>
      <div
        className={continuesGroup ? styles.hidden : cx(styles.metric, isOneLine && styles.oneLine)}
        title={row.metric.label}
      >
        <MetricName row={row} />
      </div>
      {variant ?? (withRole && <div className={styles.small}>{metricSubtitle(row.metric)}</div>)}
    </>
  );
}

export const getCellStyles = (theme: GrafanaTheme2) => {
  const ellipsis = { overflow: 'hidden', textOverflow: 'ellipsis' } as const;
  return {
    metric: css({ ...ellipsis, fontWeight: 500, color: theme.colors.text.primary, display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical' }), // prettier-ignore
    hidden: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
    oneLine: css({ WebkitLineClamp: 1, overflowWrap: 'anywhere' }),
    variant: css({
      display: 'flex',
      alignItems: 'center',
      gap: 6,
      fontSize: 12,
      whiteSpace: 'nowrap',
      color: theme.colors.text.secondary,
      '& > span': ellipsis,
      '& > svg': { flex: 'none' },
    }),
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
