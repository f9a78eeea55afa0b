import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { Impact } from '../../calc/impact/impact';
import { formatMoneyShort } from '../../calc/notation';
import { toneColours } from '../shared/tone';
import { layOutDots, type Dot } from './dot-layout';

interface OutcomeDotsProps {
  base: Impact;
  whatIf: Impact | null;
  width: number;
  /** Of the whole drawing, labels and axis included. */
  height: number;
}

/** Room above the dots for the words beside the pay-back line, and below them for the axis, with its title and without. */
const HEAD = 22;
const AXIS = { full: 40, bare: 22 };
const FULL_FROM = HEAD + AXIS.full + 48;
export const LEAST_DOTS_HEIGHT = HEAD + AXIS.bare + 34;

export const countPaidBack = (impact: Impact): number => impact.outcomes.filter((outcome) => outcome > 0).length;

function describe({ base, whatIf }: OutcomeDotsProps): string {
  const count = (impact: Impact) =>
    `${countPaidBack(impact)} of ${impact.outcomes.length} equally likely outcomes pay back`;
  const [worst, best] = [base.outcomes[0], base.outcomes[base.outcomes.length - 1]];
  const range = `net of infrastructure after a year from ${formatMoneyShort(worst, base.currency)} to ${formatMoneyShort(best, base.currency)}`;
  return `${count(base)}; ${range}.${whatIf === null ? '' : ` What if: ${count(whatIf)}.`}`;
}

/** Twenty dots, each one twentieth of the chance: hollow left of the pay-back line, filled right of it. */
export function OutcomeDots(props: OutcomeDotsProps) {
  const { base, whatIf, width, height } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const hasTitle = height >= FULL_FROM;
  const baseline = height - (hasTitle ? AXIS.full : AXIS.bare);
  const { dots, zero, ticks } = layOutDots(base.outcomes, whatIf?.outcomes ?? null, width, baseline - HEAD);
  const paint = (dot: Dot) => {
    if (dot.kind === 'what-if') {
      return { fill: 'none', stroke: theme.colors.text.maxContrast, strokeWidth: 1.5 };
    }
    return dot.isPaidBack
      ? { fill: toneColours(theme, 'win').mark }
      : { fill: 'none', stroke: toneColours(theme, 'loss').mark, strokeWidth: 2 };
  };
  const line = theme.colors.text.primary;
  return (
    <svg width={width} height={height} role="img" aria-label={describe(props)} className={styles.plot}>
      <text x={zero - 8} y={14} textAnchor="end" className={styles.side}>
        {zero > 84 ? 'not paid back' : ''}
      </text>
      <text x={zero + 8} y={14} className={styles.side}>
        {width - zero > 64 ? 'paid back' : ''}
      </text>
      <line x1={0} x2={width} y1={baseline} y2={baseline} stroke={theme.colors.border.medium} />
      <g opacity={base.state === 'result' ? 1 : 0.55}>
        {dots.map((dot) => (
          <circle
            key={`${dot.kind} ${dot.x} ${dot.y}`}
            cx={dot.x}
            cy={baseline - dot.y}
            r={dot.radius - ('strokeWidth' in paint(dot) ? 1 : 0)}
            {...paint(dot)}
          />
        ))}
      </g>
      <line x1={zero} x2={zero} y1={2} y2={baseline + 4} stroke={line} strokeWidth={1.5} />
      {ticks.map(({ value, x }) => (
        <text key={value} x={x} y={baseline + 18} textAnchor="middle" className={styles.tick}>
          {formatMoneyShort(value, base.currency)}
        </text>
      ))}
      {hasTitle && (
        <text x={width / 2} y={baseline + 35} textAnchor="middle" className={styles.tick}>
          {whatIf === null ? 'a year, net of infrastructure' : 'a year, net of infrastructure; hollow: what if'}
        </text>
      )}
    </svg>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  plot: css({ display: 'block', overflow: 'visible', fontVariantNumeric: 'tabular-nums' }),
  side: css({ fontSize: 11, fill: theme.colors.text.secondary }),
  tick: css({ fontSize: 11, fill: theme.colors.text.secondary }),
});
