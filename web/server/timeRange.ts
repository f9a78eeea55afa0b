/** Reads the ends of a time range as Grafana's API takes them: epoch milliseconds, ISO 8601, or `now-24h`, `now/d`. */
import {
  add,
  endOfDay,
  endOfHour,
  endOfMinute,
  endOfMonth,
  endOfWeek,
  endOfYear,
  isValid,
  parseISO,
  startOfDay,
  startOfHour,
  startOfMinute,
  startOfMonth,
  startOfWeek,
  startOfYear,
  type Duration,
} from 'date-fns';

const UNITS = {
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
  w: 'weeks',
  M: 'months',
  y: 'years',
} as const satisfies Record<string, keyof Duration>;
type Unit = keyof typeof UNITS;

const isUnit = (letter: string | undefined): letter is Unit => letter !== undefined && letter in UNITS;

const monday = { weekStartsOn: 1 } as const;

const START_OF: Record<Unit, (time: Date) => Date> = {
  s: (time) => time,
  m: startOfMinute,
  h: startOfHour,
  d: startOfDay,
  w: (time) => startOfWeek(time, monday),
  M: startOfMonth,
  y: startOfYear,
};
const END_OF: Record<Unit, (time: Date) => Date> = {
  s: (time) => time,
  m: endOfMinute,
  h: endOfHour,
  d: endOfDay,
  w: (time) => endOfWeek(time, monday),
  M: endOfMonth,
  y: endOfYear,
};

const STEP = /^(?:([+-])(\d{1,6})([smhdwMy])|\/([smhdwMy]))/;

/** `now`, steps (`-24h`) and roundings (`/d`) in order; undefined when the text is not one of these. */
function readRelative(text: string, now: number, end: 'from' | 'to'): Date | undefined {
  if (!text.startsWith('now')) {
    return undefined;
  }
  let time = new Date(now);
  let rest = text.slice('now'.length);
  while (rest !== '') {
    const step = STEP.exec(rest);
    const [matched = '', sign, amount, stepUnit, roundUnit] = step ?? [];
    if (isUnit(stepUnit)) {
      time = add(time, { [UNITS[stepUnit]]: (sign === '-' ? -1 : 1) * Number(amount) });
    } else if (isUnit(roundUnit)) {
      time = (end === 'to' ? END_OF : START_OF)[roundUnit](time);
    } else {
      return undefined;
    }
    rest = rest.slice(matched.length);
  }
  return time;
}

/**
 * One end of a range as epoch ms; a rounding (`now/d`) goes to the unit's start for `from` and to its end for `to`.
 * @returns undefined when the text is not a time
 */
export function readTime(text: string, now: number, end: 'from' | 'to'): number | undefined {
  const trimmed = text.trim();
  if (/^\d{1,15}$/.test(trimmed)) {
    return Number(trimmed);
  }
  const time = readRelative(trimmed, now, end) ?? parseISO(trimmed);
  return isValid(time) ? time.getTime() : undefined;
}
