import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { Glyph } from '../shared/Glyph';
import type { LegendEntry } from './legend-entries';
import type { LegendDetail } from './legend-layout';

interface TrendLegendProps {
  entries: readonly LegendEntry[];
  detail: LegendDetail;
  hidden: ReadonlySet<string>;
  onToggle: (label: string) => void;
}

function Crossing({ crossing, withSince }: { crossing: NonNullable<LegendEntry['crossing']>; withSince: boolean }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <span className={styles.crossing} title={`${crossing.name} ${crossing.since}`}>
      <Glyph name="warning" size={12} colour={crossing.colour} />
      <span style={{ color: crossing.isWorst ? theme.colors.error.text : theme.colors.warning.text }}>
        {crossing.name}
      </span>
      {withSince && <span>{crossing.since}</span>}
    </span>
  );
}

/** The series with their last value; a click hides or shows one. */
export function TrendLegend({ entries, detail, hidden, onToggle }: TrendLegendProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.legend}>
      {entries.map(({ label, mark, value, more, moreMeans, crossing }) => {
        const isHidden = hidden.has(label);
        const action = `${isHidden ? 'Show' : 'Hide'} ${label}`;
        return (
          <span key={label} className={styles.entry}>
            <button
              type="button"
              className={cx(styles.item, isHidden && styles.hidden)}
              aria-pressed={!isHidden}
              title={more === '' || detail.more ? action : `${action} · ${more}`}
              onClick={() => onToggle(label)}
            >
              <svg width={14} height={4} aria-hidden="true">
                <path
                  d="M0 2h14"
                  stroke={mark.colour}
                  strokeWidth={mark.lineWidth}
                  strokeDasharray={mark.dash?.join(' ')}
                />
              </svg>
              <span className={styles.label}>{label}</span>
              <span className={styles.value}>{value}</span>
            </button>
            {detail.more && more !== '' && <span title={moreMeans}>{more}</span>}
            {crossing && <Crossing crossing={crossing} withSince={detail.since} />}
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
    alignContent: 'flex-start',
    columnGap: 16,
    flex: 1,
    minWidth: 0,
    // As high as the layout decided; what does not fit scrolls, it never runs onto the chart.
    height: '100%',
    overflowX: 'hidden',
    overflowY: 'auto',
    scrollbarWidth: 'none',
    fontSize: 12,
    lineHeight: '20px',
    fontVariantNumeric: 'tabular-nums',
  }),
  entry: css({
    display: 'inline-flex',
    gap: 8,
    height: 20,
    maxWidth: '100%',
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
  }),
  item: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    minWidth: 0,
    padding: 0,
    border: 0,
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    '& > svg': { flex: 'none' },
  }),
  hidden: css({ opacity: 0.6, textDecoration: 'line-through' }),
  label: css({ maxWidth: 220, overflow: 'hidden', textOverflow: 'ellipsis' }),
  value: css({ fontWeight: 500, color: theme.colors.text.maxContrast }),
  crossing: css({ display: 'inline-flex', alignItems: 'center', gap: 4 }),
});
