/** What the page's cells say. */
import type { Verdict } from '../calc/verdict';
import type { ExperimentRow } from './experiments';

const STATUSES: Readonly<Record<string, string>> = {
  active: 'Active',
  scheduled: 'Scheduled',
  ended: 'Ended',
  'no-start': 'No start',
  misconfigured: 'Misconfigured',
};

export const writeStatus = (status: string): string => STATUSES[status] ?? status;

const SAYS: Readonly<Record<Verdict, (leading: string) => string>> = {
  winner: (leading) => `${leading} wins`,
  loser: (leading) => `${leading} loses`,
  inconclusive: (leading) => `Undecided, ${leading} ahead`,
  'not-enough-data': () => 'Not enough data',
  invalid: () => 'Cannot be judged',
};

/** What the test says of its goal. */
export const writeVerdict = ({ verdict, leading }: Pick<ExperimentRow, 'verdict' | 'leading'>): string =>
  verdict === null ? 'Nothing yet' : SAYS[verdict](leading ?? 'the treatment');

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
