/** Ages and instants in words. */
import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An age in its largest whole unit: `12 s`, `5 min`, `3 h`, `41 d`; a clock ahead of ours reads `0 s`. */
export function writeAge(milliseconds: number): string {
  const age = Math.max(0, milliseconds);
  if (age < 2 * MINUTE) {
    return `${Math.round(age / SECOND)} s`;
  }
  if (age < 2 * HOUR) {
    return `${Math.round(age / MINUTE)} min`;
  }
  return age < 2 * DAY ? `${Math.round(age / HOUR)} h` : `${Math.floor(age / DAY)} d`;
}

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
