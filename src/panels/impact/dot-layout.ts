/** Where the twenty outcomes stand: stacked in columns that never straddle the pay-back line. */
import { linearScale, roundTicks, type Scale } from './scale';

export interface Dot {
  /** Centre, px from the left and from the baseline up. */
  x: number;
  y: number;
  radius: number;
  isPaidBack: boolean;
  kind: 'measured' | 'what-if';
}

export interface DotLayout {
  dots: Dot[];
  /** The pay-back line, px from the left. */
  zero: number;
  ticks: Array<{ value: number; x: number }>;
}

const LARGEST_DIAMETER = 22;
const SMALLEST_DIAMETER = 5;
const gapBeside = (diameter: number): number => (diameter < 10 ? 1 : 2);

/**
 * Lays outcomes out in a plot of `width` × `height` px. With `whatIf` outcomes each column holds both, the measured left
 * and the what-if right. Dots are as large as the fullest column and the room allow.
 */
export function layOutDots(
  measured: readonly number[],
  whatIf: readonly number[] | null,
  width: number,
  height: number,
): DotLayout {
  const all = [0, ...measured, ...(whatIf ?? [])];
  const low = Math.min(...all);
  const high = Math.max(...all);
  for (let diameter = LARGEST_DIAMETER; ; diameter -= 1) {
    const column = (diameter + gapBeside(diameter)) * (whatIf === null ? 1 : 2);
    // Half a column of room at either end, so that the outermost dots are whole.
    const margin = column;
    const scale = linearScale([low, high], [margin, width - margin]);
    const groups = [
      stack(measured, 'measured', scale, column, diameter, whatIf === null ? 0 : -(diameter + gapBeside(diameter)) / 2),
      stack(whatIf ?? [], 'what-if', scale, column, diameter, (diameter + gapBeside(diameter)) / 2),
    ];
    const dots = groups.flat();
    const top = Math.max(0, ...dots.map((dot) => dot.y + dot.radius));
    if (top <= height || diameter <= SMALLEST_DIAMETER) {
      const most = Math.max(2, Math.floor(width / 70));
      const ticks = roundTicks(scale.domain, most).map((value) => ({ value, x: scale(value) }));
      return { dots: squeeze(dots, top, height), zero: scale(0), ticks };
    }
  }
}

/** Where even the smallest dots pile too high they overlap, rather than leave the plot. */
function squeeze(dots: readonly Dot[], top: number, height: number): Dot[] {
  const factor = Math.min(1, height / top);
  return dots.map((dot) => ({ ...dot, y: (dot.y + dot.radius) * factor - dot.radius }));
}

function stack(
  outcomes: readonly number[],
  kind: Dot['kind'],
  scale: Scale,
  column: number,
  diameter: number,
  shift: number,
): Dot[] {
  const zero = scale(0);
  const heights = new Map<number, number>();
  return outcomes.map((outcome) => {
    const isPaidBack = outcome > 0;
    const fromLine = Math.floor(Math.abs(scale(outcome) - zero) / column);
    const bin = isPaidBack ? fromLine : -fromLine - 1;
    const below = heights.get(bin) ?? 0;
    heights.set(bin, below + 1);
    return {
      x: zero + (bin + 0.5) * column + shift,
      y: below * (diameter + gapBeside(diameter)) + diameter / 2 + gapBeside(diameter),
      radius: diameter / 2,
      isPaidBack,
      kind,
    };
  });
}
