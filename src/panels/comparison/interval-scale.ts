/** Geometry of an interval bar: the benefit axis, on which right of zero is better for every metric. */
import type { Direction } from '../../contract/experiment';
import type { Range } from './answer';

/** Share of the half width at which the row's largest end lies. */
const FIT = 0.89;

export interface BarGeometry {
  zero: number;
  estimate: number | null;
  fixed: Span | null;
  sequential: Span | null;
  /** Where the guardrail's margin lies; always left of zero. */
  margin: number | null;
}

/** A stretch of the axis, px, `from` left of `to`. */
export interface Span {
  from: number;
  to: number;
}

export interface BarInput {
  lift: number | null;
  fixed: Range | null;
  sequential: Range | null;
  margin: number | undefined;
  direction: Direction;
}

const finite = (value: number | null | undefined): value is number => value != null && Number.isFinite(value);

/**
 * Places a row on an axis of `width` px. Each row has its own scale: the largest of |sequential ends| (the fixed ones
 * without them) and |margin| lies at 89 % of the half width; an unbounded end is cut off at the column's edge.
 */
export function placeInterval({ lift, fixed, sequential, margin, direction }: BarInput, width: number): BarGeometry {
  const zero = width / 2;
  const outer = sequential ?? fixed;
  const reach = Math.max(0, ...[outer?.low, outer?.high, fixed?.low, fixed?.high, lift, margin].filter(finite).map(Math.abs)); // prettier-ignore
  const perUnit = reach === 0 ? 0 : ((width / 2) * FIT) / reach;
  const benefit = direction === 'higher' ? 1 : -1;
  const place = (value: number) => Math.min(width, Math.max(0, zero + benefit * value * perUnit));
  const span = (range: Range | null): Span | null => {
    if (range === null) {
      return null;
    }
    const ends = [place(range.low), place(range.high)] as const;
    return { from: Math.min(...ends), to: Math.max(...ends) };
  };
  return {
    zero,
    estimate: lift === null ? null : place(lift),
    fixed: span(fixed),
    sequential: span(sequential),
    margin: margin === undefined ? null : zero - margin * perUnit,
  };
}
