import { css } from '@emotion/css';
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useId } from 'react';
import type { Impact, ImpactInput } from '../../calc/impact/impact';
import { opaque, toneColours } from '../shared/tone';
import { amountOfStep, intervalOfStep, stateOfStep, widthOfAmount, widthOfInterval } from './step-words';
import { scaleOfSteps, stepsOf, type Step } from './waterfall-layout';
import { WaterfallStep } from './WaterfallStep';

interface WaterfallProps {
  /** What is drawn; with a what-if, dashes mark where each bar of `before` ended. */
  impact: Impact;
  before: Impact | null;
  input: ImpactInput | undefined;
  width: number;
  height: number;
}

/** Room above the highest bar for its amount, and below the lowest for names and intervals. */
const HEAD = 26;
const FOOT = 46;
const TALL_FOOT = 64;
/** A second line of an interval, where a column is too narrow for one. */
const BROKEN_LINE = 16;
const MOST_BAR = 96;
const WHISKER_GAP = 9;
/** Between the whisker and the words beside it. */
const BESIDE_WHISKER = 6;

function hueOf(theme: GrafanaTheme2, { name, amount }: Step): string {
  if (name === 'net') {
    return theme.isDark ? theme.visualization.getColorByName('blue') : theme.colors.primary.main;
  }
  return toneColours(theme, (amount ?? 0) < 0 ? 'loss' : 'win').mark;
}

interface BarProps {
  step: Step;
  x: number;
  width: number;
  y: (value: number) => number;
  isEstimated: boolean;
  hatch: string;
}

/** Solid when decided, pale with an outline when the interval includes zero, hatched when estimated. */
function Bar({ step, x, width, y, isEstimated, hatch }: BarProps) {
  const theme = useTheme2();
  const hue = hueOf(theme, step);
  const top = Math.min(y(step.from), y(step.to));
  const height = Math.max(2, Math.abs(y(step.to) - y(step.from)));
  if (step.amount === null) {
    const dash = { stroke: theme.colors.text.secondary, strokeDasharray: '4 3' };
    return <line x1={x} x2={x + width} y1={y(step.from)} y2={y(step.from)} {...dash} />;
  }
  const pale = opaque(theme, hue, theme.isDark ? 0.3 : 0.25);
  return (
    <>
      <rect
        x={x + 0.75}
        y={top}
        width={width - 1.5}
        height={height}
        rx={2}
        fill={step.isDecided ? hue : pale}
        stroke={hue}
        strokeWidth={1.5}
      />
      {isEstimated && <rect x={x} y={top} width={width} height={height} fill={`url(#${hatch})`} />}
    </>
  );
}

/** From revenue to net, a year: what adds stands green, what takes hangs red, net stands alone with its interval. */
export function Waterfall({ impact, before, input, width, height }: WaterfallProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const hatch = useId();
  const steps = stepsOf(impact);
  const ghosts = before === null ? [] : stepsOf(before);
  const isIntervalFirst = impact.state !== 'result';
  const column = width / steps.length;
  const isBroken = steps.some((step) => widthOfInterval(intervalOfStep(step)) > column);
  const bottom = height - (isIntervalFirst ? TALL_FOOT : FOOT) - (isBroken ? BROKEN_LINE : 0);
  const y = scaleOfSteps([...steps, ...ghosts], HEAD, bottom);
  const bar = Math.min(MOST_BAR, column * 0.66);
  const left = (index: number) => index * column + (column - bar) / 2;
  const net = steps[steps.length - 1];
  // Beside the bar, so that the amount stands centred above it.
  const whisker = left(steps.length - 1) + bar + WHISKER_GAP;
  const reservedBy = ({ name, low }: Step) =>
    name === 'net' && low !== null ? (column - bar) / 2 - WHISKER_GAP + BESIDE_WHISKER : 2;
  // All amounts of a row are written alike.
  const isShort = steps.some(
    (step) => widthOfAmount(amountOfStep(step, impact.currency, false)) > column - reservedBy(step) - 2,
  );
  return (
    <div className={styles.chart} style={{ width, height }}>
      <svg width={width} height={height} aria-hidden="true" className={styles.drawing}>
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2.5" height="6" fill={colorManipulator.alpha(theme.colors.background.primary, 0.7)} />
          </pattern>
        </defs>
        <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke={theme.colors.border.strong} />
        {ghosts.map((step, index) => (
          <line
            key={step.name}
            x1={left(index) - 6}
            x2={left(index) + bar + 6}
            y1={y(step.to)}
            y2={y(step.to)}
            stroke={theme.colors.text.secondary}
            strokeDasharray="4 3"
          />
        ))}
        {steps.slice(0, -1).map((step, index) => (
          <line
            key={step.name}
            x1={left(index) + bar}
            x2={left(index + 1)}
            y1={y(step.to)}
            y2={y(step.to)}
            stroke={theme.colors.text.secondary}
            strokeDasharray="2 4"
          />
        ))}
        {steps.map((step, index) => (
          <Bar
            key={step.name}
            step={step}
            x={left(index)}
            width={bar}
            y={y}
            isEstimated={stateOfStep(step.name, input) === 'estimated'}
            hatch={hatch}
          />
        ))}
        {net !== undefined && net.low !== null && net.high !== null && (
          <path
            d={`M${whisker - 5} ${y(net.high)}h10M${whisker} ${y(net.high)}V${y(net.low)}M${whisker - 5} ${y(net.low)}h10`}
            fill="none"
            stroke={theme.colors.text.primary}
            strokeWidth={1.5}
          />
        )}
      </svg>
      {steps.map((step, index) => (
        <WaterfallStep
          key={step.name}
          step={step}
          impact={impact}
          input={input}
          left={index * column}
          width={column}
          isShort={isShort}
          reserved={reservedBy(step)}
          above={Math.min(y(step.from), y(step.to))}
          bottom={bottom}
        />
      ))}
    </div>
  );
}

const getStyles = () => ({
  chart: css({ position: 'relative', flex: 'none', fontVariantNumeric: 'tabular-nums' }),
  drawing: css({ display: 'block', overflow: 'visible' }),
});
