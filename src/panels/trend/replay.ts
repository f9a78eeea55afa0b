/** The replay of a comparison, as the chart reads it from the frame of an `experiment` query in time series format. */
import type { DataFrame } from '@grafana/data';
import type { MetricMeta, ReplayMeta, UpliftMeta } from '../../contract/frames';
import { numberAt, rowsOf, upliftMetaOf } from '../shared/frames';
import { roundAxis, type Axis } from './ticks';

export interface Range {
  low: number;
  high: number;
}

export interface ReplayPoint {
  at: number;
  lift: number | null;
  fixed: Range | null;
  sequential: Range | null;
  p: number | null;
}

export interface Replay {
  meta: UpliftMeta;
  metric: MetricMeta;
  variant: string;
  /** Whether the decision was for the variant; null while undecided. */
  decision: { at: number; isWin: boolean } | null;
  marks: ReplayMeta['marks'];
  points: ReplayPoint[];
}

function rangeAt(frame: DataFrame, low: string, high: string, row: number): Range | null {
  const ends = { low: numberAt(frame, low, row), high: numberAt(frame, high, row) };
  return ends.low === null || ends.high === null ? null : { low: ends.low, high: ends.high };
}

function decisionOf({ decidedAt, verdict, metric }: ReplayMeta, points: readonly ReplayPoint[]): Replay['decision'] {
  if (decidedAt === null) {
    return null;
  }
  // A later verdict may be withheld for other reasons; which side the bound left zero on stays.
  const bound = points.find((point) => point.at >= decidedAt && point.sequential !== null)?.sequential;
  const isHigher = bound == null ? null : bound.low > 0;
  const isWin = isHigher === null ? verdict === 'winner' : isHigher === (metric.direction === 'higher');
  return { at: decidedAt, isWin };
}

/** Reads a replay's frame; null for any other frame. */
export function readReplay(frame: DataFrame): Replay | null {
  const meta = upliftMetaOf(frame);
  if (meta?.replay === undefined) {
    return null;
  }
  const { replay } = meta;
  const points = rowsOf(frame).flatMap((row): ReplayPoint[] => {
    const at = numberAt(frame, 'time', row);
    return at === null
      ? []
      : [
          {
            at,
            lift: numberAt(frame, 'lift_abs', row),
            fixed: rangeAt(frame, 'ci_low', 'ci_high', row),
            sequential: rangeAt(frame, 'seq_ci_low', 'seq_ci_high', row),
            p: numberAt(frame, 'seq_p', row),
          },
        ];
  });
  return {
    meta,
    metric: replay.metric,
    variant: replay.variant,
    decision: decisionOf(replay, points),
    marks: replay.marks,
    points,
  };
}

/** Share of the replay, from its end, whose bounds set the axis: early bounds are wide and say nothing about now. */
const SETTLED = 0.55;

/** The y axis: zero, every estimate, and the bounds of the settled part; what is wider is cut off at the edge. */
export function replayAxis(points: readonly ReplayPoint[]): Axis {
  const settledFrom = Math.floor(points.length * (1 - SETTLED));
  const settled = points.slice(settledFrom).flatMap(({ sequential, fixed }) => {
    const range = sequential ?? fixed;
    return range === null ? [] : [range.low, range.high];
  });
  const lifts = points.slice(Math.floor(points.length * 0.1)).flatMap(({ lift }) => (lift === null ? [] : [lift]));
  const values = [0, ...settled, ...lifts];
  const low = Math.min(...values);
  const high = Math.max(...values);
  // Room past the ends: zero's ring and the newest bounds must not lie on the frame.
  const room = (high - low) * 0.12;
  const axis = roundAxis(low - room, high + room);
  const min = low - room;
  const max = high + room;
  return { ...axis, min, max, ticks: axis.ticks.filter((tick) => tick >= min && tick <= max) };
}

/** Columns of the chart: estimate, then both bounds before the decision and both after it. */
export interface ReplayColumns {
  time: number[];
  lift: Array<number | null>;
  open: { low: Array<number | null>; high: Array<number | null> };
  decided: { low: Array<number | null>; high: Array<number | null> };
}

/** Splits the bounds at the decision; the deciding sample belongs to both parts, so that the band has no hole. */
export function replayColumns({ points, decision }: Pick<Replay, 'points' | 'decision'>): ReplayColumns {
  const at = decision?.at ?? Infinity;
  const pick = (end: 'low' | 'high', isIn: (time: number) => boolean) =>
    points.map((point) => (isIn(point.at) ? (point.sequential?.[end] ?? null) : null));
  const open = (time: number) => time <= at;
  const decided = (time: number) => time >= at;
  return {
    time: points.map((point) => point.at),
    lift: points.map(({ lift }) => lift),
    open: { low: pick('low', open), high: pick('high', open) },
    decided: { low: pick('low', decided), high: pick('high', decided) },
  };
}
