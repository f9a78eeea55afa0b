/** The period a test is judged on, and the chunks it is summed from (design §5 *Test window*). */
import type { Experiment } from './definition';
import type { Period } from '../sources/period';

export interface TestWindow extends Period {
  /** Cumulative from a known start: what verdicts, sequential statistics, SRM and alerts need. */
  anchored: boolean;
  /** start ≤ now < end */
  active: boolean;
}

/** One piece of the window inside one phase and one UTC day: small enough to fetch, aligned so that it can be kept. */
export interface Chunk extends Period {
  /** Index into `Experiment.phases`; 0 where no phase is declared. */
  phase: number;
}

const DAY = 86_400_000;
/** Range ends are cut to this, so that panels refreshing together ask the stores the same question. */
export const ALIGNMENT_MS = 10_000;

export const alignDown = (instant: number, step: number): number => Math.floor(instant / step) * step;

/** A period cut to multiples of `step`, never to nothing: the last step of a range that is shorter. */
export function alignPeriod({ from, to }: Period, step = ALIGNMENT_MS): Period {
  const end = alignDown(to, step);
  return { from: Math.min(alignDown(from, step), end - step), to: end };
}

/**
 * The window of an experiment at `now`.
 * @param range the dashboard's range, used for `kind: 'range'` and where no start is known
 */
export function testWindow(
  experiment: Experiment,
  kind: 'experiment' | 'range',
  range: Period,
  now: number,
): TestWindow {
  const { start, end } = experiment;
  const active = start !== null && start <= now && (end === null || now < end);
  const until = alignDown(Math.min(now, end ?? now), ALIGNMENT_MS);
  if (kind === 'experiment' && start !== null) {
    return { from: Math.min(start + experiment.warmUpMs, until), to: until, anchored: true, active };
  }
  const to = alignDown(Math.min(range.to, now), ALIGNMENT_MS);
  const from = alignDown(range.from, ALIGNMENT_MS);
  // What was before the start is no part of the test: the control alone was served, at other times than the variant.
  const isBegun = start !== null && start < to;
  return { from: Math.min(isBegun ? Math.max(from, start) : from, to), to, anchored: false, active };
}

/** Cuts a window at phase starts and UTC midnights. An empty window has no chunks. */
export function planChunks(window: Period, phases: readonly { from: number }[]): Chunk[] {
  const cuts = new Set([window.from, window.to]);
  for (let day = alignDown(window.from, DAY) + DAY; day < window.to; day += DAY) {
    cuts.add(day);
  }
  for (const { from } of phases) {
    if (from > window.from && from < window.to) {
      cuts.add(from);
    }
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(1).map((to, index) => {
    const from = edges[index] ?? window.from;
    return { from, to, phase: phaseAt(phases, from) };
  });
}

function phaseAt(phases: readonly { from: number }[], instant: number): number {
  const index = phases.findLastIndex((phase) => phase.from <= instant);
  return Math.max(index, 0);
}

const MINUTE = 60_000;
const BUCKET_WIDTHS = [5, 15, 30, 60, 120, 360, 720, 1440].map((minutes) => minutes * MINUTE);
const MOST_BUCKETS = 5_000;

/** Width of the time buckets: 5 minutes, coarser once a window would hold more than 5,000 of them. */
export function bucketWidth(window: Period): number {
  const length = window.to - window.from;
  return BUCKET_WIDTHS.find((width) => length / width <= MOST_BUCKETS) ?? DAY;
}
