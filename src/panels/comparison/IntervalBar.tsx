import { useTheme2 } from '@grafana/ui';
import { useId } from 'react';
import { toneColours, type Tone } from '../shared/tone';
import { placeInterval, type BarGeometry, type BarInput } from './interval-scale';

/** From this width on the estimate's tick gets a halo of background, so that it stands out from the bar. */
const HALO_FROM = 14;

interface IntervalBarProps extends BarInput {
  width: number;
  height: number;
  tone: Tone;
  /** Estimated or kept values: the bar is hatched, which means nothing else. */
  isEstimated: boolean;
  /** What the bar says, for those who do not see it. */
  label: string;
  /** The margin, written beneath its tick; absent where there is no room. */
  marginText?: string | undefined;
}

function Margin({ geometry, centre, text }: { geometry: BarGeometry; centre: number; text: string | undefined }) {
  const theme = useTheme2();
  const { mark, tint } = toneColours(theme, 'loss');
  if (geometry.margin === null) {
    return null;
  }
  return (
    <>
      <rect x={0} y={centre - 10} width={geometry.margin} height={20} fill={tint} />
      <rect x={geometry.margin - 1} y={centre - 10} width={2} height={20} fill={mark} />
      {text !== undefined && (
        <text x={geometry.margin} y={centre + 21} fontSize={11} fill={theme.colors.text.secondary}>
          {text}
        </text>
      )}
    </>
  );
}

/**
 * A lift on the benefit axis: thin capped line for the sequential interval, thick bar for the fixed one, tick for the
 * estimate, red tick and region for the guardrail's margin. The zero line runs the full height, through all rows.
 */
export function IntervalBar({ width, height, tone, isEstimated, label, marginText, ...input }: IntervalBarProps) {
  const theme = useTheme2();
  const hatch = useId();
  const geometry = placeInterval(input, width);
  const colour = toneColours(theme, tone).mark;
  const centre = height / 2;
  const { fixed, sequential, estimate } = geometry;
  const barWidth = fixed === null ? 0 : Math.max(fixed.to - fixed.from, 2);
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block', overflow: 'visible' }}>
      <Margin geometry={geometry} centre={centre} text={marginText} />
      <rect x={geometry.zero - 0.5} y={-0.5} width={1} height={height + 1} fill={theme.colors.border.strong} />
      {sequential !== null && (
        <path
          d={`M${sequential.from} ${centre}H${sequential.to}M${sequential.from} ${centre - 4}v8M${sequential.to} ${centre - 4}v8`}
          stroke={colour}
          strokeWidth={1.5}
          fill="none"
        />
      )}
      {fixed !== null && isEstimated && (
        <>
          <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width={1.5} height={5} fill={colour} />
          </pattern>
          <rect
            x={fixed.from}
            y={centre - 5}
            width={barWidth}
            height={10}
            rx={2}
            fill={theme.colors.background.primary}
          />
          <rect
            x={fixed.from}
            y={centre - 5}
            width={barWidth}
            height={10}
            rx={2}
            fill={`url(#${hatch})`}
            stroke={colour}
          />
        </>
      )}
      {fixed !== null && !isEstimated && (
        <rect x={fixed.from} y={centre - 5} width={barWidth} height={10} rx={2} fill={colour} />
      )}
      {estimate !== null && (
        <rect
          x={estimate - 1}
          y={centre - 7}
          width={2}
          height={14}
          fill={theme.colors.text.maxContrast}
          stroke={theme.colors.background.primary}
          strokeWidth={barWidth >= HALO_FROM ? 3 : 0}
          paintOrder="stroke"
        />
      )}
    </svg>
  );
}
