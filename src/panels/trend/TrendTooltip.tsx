import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { Swatch } from '../shared/Swatch';
import type { VariantMark } from '../shared/variant-marks';

export interface TooltipLine {
  label: string;
  mark: VariantMark | null;
  value: string;
  /** Muted, after the value. */
  detail?: string;
}

interface TrendTooltipProps {
  at: number;
  timeZone: TimeZone;
  lines: readonly TooltipLine[];
  /** Source and state, at the foot. */
  foot?: string | undefined;
}

/** What a chart shows at one time: the time, then series by series, then where it comes from. */
export function TrendTooltip({ at, timeZone, lines, foot }: TrendTooltipProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.card}>
      <div className={styles.title}>{dateTimeFormat(at, { format: 'ddd D MMM HH:mm:ss', timeZone })}</div>
      {lines.map(({ label, mark, value, detail }) => (
        <div key={label} className={styles.line}>
          <span className={styles.label}>
            {mark && <Swatch mark={mark} />}
            {label}
          </span>
          <span className={styles.value}>
            {value}
            {detail !== undefined && <span className={styles.muted}> {detail}</span>}
          </span>
        </div>
      ))}
      {foot !== undefined && <div className={styles.muted}>{foot}</div>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({
    padding: 8,
    minWidth: 160,
    maxWidth: 340,
    fontSize: 12,
    lineHeight: '18px',
    fontVariantNumeric: 'tabular-nums',
  }),
  title: css({ fontWeight: 500, color: theme.colors.text.maxContrast, marginBottom: 4 }),
  line: css({ display: 'flex', justifyContent: 'space-between', gap: 16 }),
  label: css({ display: 'inline-flex', alignItems: 'center', gap: 6, color: theme.colors.text.secondary, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }), // prettier-ignore
  value: css({ color: theme.colors.text.primary, whiteSpace: 'nowrap' }),
  muted: css({ color: theme.colors.text.secondary }),
});
