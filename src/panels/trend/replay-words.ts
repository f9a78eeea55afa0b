/** What a replay says in words. */
import type { TimeZone } from '@grafana/schema';
import { formatInterval, formatLift, MISSING } from '../../calc/notation';
import type { MetricMeta } from '../../contract/frames';
import { dayOf, writeInstant } from '../shared/instants';
import { decimalsOfStep } from './ticks';
import type { Replay } from './replay';

/** `decided on day 6; ran 14`, or why there is no decision. */
export function decisionWords({ decision, points, meta }: Replay): string {
  const start = meta.experiment?.start ?? points[0]?.at ?? null;
  const end = points[points.length - 1]?.at ?? null;
  if (start === null || end === null) {
    return 'nothing to replay';
  }
  const ran = dayOf(start, end);
  return decision === null
    ? `not decided after ${ran} days`
    : `decided on day ${dayOf(start, decision.at)}; ran ${ran}`;
}

/** An axis label: `+4 pp`, `0 pp`, `−4 pp`. */
export function tickWords(value: number, step: number, { unit }: MetricMeta): string {
  const scale = unit === 'fraction' ? 100 : 1;
  const decimals = decimalsOfStep(step, scale);
  // An interval of this half-width has exactly these decimals in the product's notation.
  const half = (2.5 * 10 ** -decimals) / scale;
  const text = formatLift(value, { low: -half, high: half }, unit);
  return decimals === 0 ? text.replace(/\.0(?=\D|$)/, '') : text;
}

/** The newest estimate and its fixed interval. */
export function currentWords({ points, metric }: Replay): { lift: string; interval: string } {
  const last = points.findLast(({ lift }) => lift !== null);
  if (last === undefined) {
    return { lift: MISSING, interval: '' };
  }
  return {
    lift: formatLift(last.lift, last.fixed, metric.unit),
    interval: last.fixed === null ? '' : formatInterval(last.fixed, metric.unit),
  };
}

/** The panel's first line. */
export function replayFacts({ meta, points }: Replay, now: number, timeZone: TimeZone): string[] {
  const start = meta.experiment?.start ?? points[0]?.at ?? null;
  const last = points[points.length - 1]?.at ?? null;
  if (start === null || last === null) {
    return ['nothing to replay'];
  }
  const end = meta.experiment?.end ?? null;
  const until = end !== null && end <= now ? writeInstant(end, now, timeZone) : 'now';
  return [
    `${writeInstant(start, now, timeZone)} → ${until}`,
    `day ${dayOf(start, last)}`,
    'replayed from the start of the test',
  ];
}

export interface DayTick {
  at: number;
  words: string;
}

const DAY = 24 * 3600 * 1000;

/** Ticks at whole days of the test, as many as fit; `day 4 · 5 Sep` where there is room for the date. */
export function dayTicks(start: number, end: number, width: number, timeZone: TimeZone): DayTick[] {
  const hasDates = width >= 620;
  const most = Math.max(2, Math.floor(width / (hasDates ? 120 : 60)));
  const days = (end - start) / DAY;
  const every = [1, 2, 5, 7, 14, 28, 56, 112].find((step) => days / step <= most) ?? Math.ceil(days / most);
  return Array.from({ length: Math.floor(days / every + 1e-6) + 1 }, (_, index) => {
    const at = start + index * every * DAY;
    const date = hasDates ? ` · ${writeInstant(at, at, timeZone, false)}` : '';
    return { at, words: `day ${index * every}${date}` };
  });
}
