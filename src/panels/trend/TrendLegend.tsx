import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { formatLift } from '../../calc/notation';
import { Glyph } from '../shared/Glyph';
import type { LegendStyle } from './options';
import { crossingOf, type Threshold } from './thresholds';
import { summarise, type TrendSeries } from './trend-series';

interface TrendLegendProps {
  series: readonly TrendSeries[];
  style: Exclude<LegendStyle, 'off'>;
  hidden: ReadonlySet<string>;
  onToggle: (label: string) => void;
  thresholds: readonly Threshold[];
  timeZone: TimeZone;
}

function Crossing({
  series,
  thresholds,
  timeZone,
}: {
  series: TrendSeries;
  thresholds: readonly Threshold[];
  timeZone: TimeZone;
}) {
  // prettier-ignore
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const crossing = crossingOf(
    series.time,
    series.values,
    thresholds.filter(({ name }) => name !== null),
  );
  if (crossing === null) {
    return null;
  }
  return (
    <span className={styles.crossing}>
      <Glyph name="warning" size={12} colour={crossing.threshold.colour} />
      <span style={{ color: theme.colors.warning.text }}>{crossing.threshold.name}</span>
      <span>since {dateTimeFormat(crossing.since, { format: 'HH:mm', timeZone })}</span>
    </span>
  );
}

/** The series with their last value; a click hides or shows one. */
export function TrendLegend({ series, style, hidden, onToggle, thresholds, timeZone }: TrendLegendProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.legend}>
      {series.map((one) => {
        const { last, mean, change } = summarise(one.values);
        const isHidden = hidden.has(one.label);
        return (
          <span key={one.label} className={styles.entry}>
            <button
              type="button"
              className={cx(styles.item, isHidden && styles.hidden)}
              aria-pressed={!isHidden}
              title={isHidden ? `Show ${one.label}` : `Hide ${one.label}`}
              onClick={() => onToggle(one.label)}
            >
              <svg width={14} height={4} aria-hidden="true">
                <path
                  d="M0 2h14"
                  stroke={one.mark.colour}
                  strokeWidth={one.mark.lineWidth}
                  strokeDasharray={one.mark.dash?.join(' ')}
                />
              </svg>
              <span className={styles.label}>{one.label}</span>
              <span className={styles.value}>{one.write(last)}</span>
            </button>
            {style === 'full' && (
              <span className={styles.more}>
                mean {one.write(mean)}
                {change !== null && ` · ${formatLift(change, null, 'fraction', 'relative')}`}
              </span>
            )}
            <Crossing series={one} thresholds={thresholds} timeZone={timeZone} />
          </span>
        );
      })}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: 16,
    minWidth: 0,
    // Two lines at most; further series scroll, they never squeeze the chart.
    maxHeight: 40,
    overflowY: 'auto',
    fontSize: 12,
    lineHeight: '20px',
    fontVariantNumeric: 'tabular-nums',
  }),
  entry: css({ display: 'inline-flex', gap: 8, whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
  item: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    padding: 0,
    border: 0,
    background: 'none',
    font: 'inherit',
    color: 'inherit',
  }),
  hidden: css({ opacity: 0.5, textDecoration: 'line-through' }),
  label: css({ maxWidth: 220, overflow: 'hidden', textOverflow: 'ellipsis' }),
  value: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
  more: css({}),
  crossing: css({ display: 'inline-flex', alignItems: 'center', gap: 4 }),
});
