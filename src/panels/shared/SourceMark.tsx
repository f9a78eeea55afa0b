import { css } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { ValueState } from '../../calc/provenance';

export const STATE_WORDS: Record<ValueState, string> = {
  measured: 'measured',
  estimated: 'estimated',
  simulated: 'simulated',
  missing: 'missing',
};

/** A source's short name, as a table's column has room for. */
function shortSource(source: string | null): string {
  switch (source) {
    case null:
      return '–';
    case 'prometheus':
      return 'Prom';
    case 'influx':
      return 'Influx';
    case 'mlflow':
      return 'MLflow';
    default:
      return source;
  }
}

interface SourceMarkProps {
  state: ValueState;
  source: string | null;
}

/** Where a row's values came from: filled dot measured, ring estimated, dashed ring simulated, dash missing; then the source. */
export function SourceMark({ state, source }: SourceMarkProps) {
  const styles = useStyles2(getStyles);
  const colour = useTheme2().colors.text.secondary;
  return (
    <span className={styles.mark} title={`${STATE_WORDS[state]}${source === null ? '' : `, ${source}`}`}>
      {state !== 'missing' && (
        <svg width={8} height={8} viewBox="0 0 8 8" role="img" aria-label={STATE_WORDS[state]}>
          <circle
            cx="4"
            cy="4"
            r={state === 'measured' ? 3.5 : 3}
            fill={state === 'measured' ? colour : 'none'}
            stroke={state === 'measured' ? 'none' : colour}
            strokeWidth="1.25"
            strokeDasharray={state === 'simulated' ? '2 1.4' : undefined}
          />
        </svg>
      )}
      {state === 'missing' ? '–' : shortSource(source)}
    </span>
  );
}

const getStyles = () => ({
  mark: css({ display: 'inline-flex', alignItems: 'center', gap: 6, fontSize: 12, whiteSpace: 'nowrap' }),
});
