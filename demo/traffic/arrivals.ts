import type { SeededExperiment } from '../scenario';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PEAK_HOUR = 20.5;
const DAILY_SWING = 0.42;
/** Sunday first; the mean over a week is 1. */
const WEEKDAY_FACTORS = [0.8, 1.07, 1.07, 1.07, 1.07, 1.07, 0.85] as const;

/** Expected requests per minute at an instant: busy evenings, quiet nights and weekends (UTC). */
export function expectedPerMinute(experiment: SeededExperiment, instant: number): number {
  const hour = (instant % DAY) / HOUR;
  const daily = 1 + DAILY_SWING * Math.cos((2 * Math.PI * (hour - PEAK_HOUR)) / 24);
  const weekly = WEEKDAY_FACTORS[new Date(instant).getUTCDay()] ?? 1;
  return (experiment.requestsPerDay / 1440) * daily * weekly;
}
