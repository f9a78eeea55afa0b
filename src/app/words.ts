/** What the page's cells say. */
import { verdictLook } from '../panels/comparison/chip';
import type { ExperimentRow } from './experiments';

const STATUSES: Readonly<Record<string, string>> = {
  active: 'Active',
  scheduled: 'Scheduled',
  ended: 'Ended',
  'no-start': 'No start',
  misconfigured: 'Misconfigured',
};

export const writeStatus = (status: string): string => STATUSES[status] ?? status;

/** What the test says of its goal, in the words of the panels. */
export function writeVerdict({
  verdict,
  leading,
  standing,
}: Pick<ExperimentRow, 'verdict' | 'leading' | 'standing'>): string {
  if (verdict === null) {
    return 'Nothing yet';
  }
  const { word } = verdictLook(verdict);
  const treatment = leading ?? 'the treatment';
  switch (verdict) {
    case 'winner':
    case 'loser':
      return `${treatment} ${word.toLowerCase()}`;
    case 'inconclusive':
      return standing === null ? word : `${word}, ${treatment} ${standing}`;
    case 'not-enough-data':
    case 'invalid':
      return word;
  }
}

const UNITS: ReadonlyArray<[seconds: number, unit: string]> = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** `41 d`, `12 s`; a dash where nothing is known. */
export function writeAge(seconds: number | null): string {
  if (seconds === null) {
    return '–';
  }
  const whole = Math.max(0, Math.round(seconds));
  const [size, unit] = UNITS.find(([least]) => whole >= least) ?? [1, 's'];
  return `${String(Math.floor(whole / size))} ${unit}`;
}
