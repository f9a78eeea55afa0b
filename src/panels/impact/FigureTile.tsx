import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Figure } from './hero-words';

interface FigureTileProps {
  figure: Figure;
  /** Intervals cover 1 − alpha. */
  alpha: number;
  /** While figures may still change sign the interval is the message, and the estimate its footnote. */
  isIntervalFirst: boolean;
}

/** One figure with its interval. */
export function FigureTile({ figure, alpha, isIntervalFirst }: FigureTileProps) {
  const styles = useStyles2(getStyles);
  const { label, estimate, interval, without } = figure;
  const cover = `${Math.round((1 - alpha) * 100)} %`;
  const isSwapped = isIntervalFirst && interval !== null;
  const below = isSwapped ? `estimate ${estimate}` : interval === null ? without : `${cover}: ${interval}`;
  return (
    <div className={styles.tile}>
      <div className={styles.label}>{isSwapped ? `${label.replace(/,.*/, '')}, ${cover} interval` : label}</div>
      <div className={isSwapped ? styles.range : styles.value} title={isSwapped ? interval : estimate}>
        {isSwapped ? interval : estimate}
      </div>
      <div className={styles.label} title={below}>
        {below}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const oneLine = { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' } as const;
  return {
    tile: css({ minWidth: 0, fontVariantNumeric: 'tabular-nums' }),
    label: css({ ...oneLine, fontSize: 11, lineHeight: '16px', color: theme.colors.text.secondary }),
    value: css({ ...oneLine, fontSize: 20, lineHeight: '26px', fontWeight: 500, color: theme.colors.text.maxContrast }),
    range: css({ ...oneLine, fontSize: 14, lineHeight: '26px', fontWeight: 500, color: theme.colors.text.secondary }),
  };
};
