/** Instants and days of a test in words. */
import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

const DAY = 24 * 3600 * 1000;

/** An instant as `1 Sep 09:00`, or `1 Sep` alone, with the year where it is not the year of `now`. */
export function writeInstant(at: number, now: number, timeZone: TimeZone, withTime = true): string {
  const year = (instant: number) => dateTimeFormat(instant, { format: 'YYYY', timeZone });
  const date = year(at) === year(now) ? 'D MMM' : 'D MMM YYYY';
  return dateTimeFormat(at, { format: withTime ? `${date} HH:mm` : date, timeZone });
}

/** Whole days from `start` to `now`: the day a test is on, 0 on its first. */
export function dayOf(start: number, now: number): number {
  return Math.max(0, Math.floor((now - start) / DAY));
}
