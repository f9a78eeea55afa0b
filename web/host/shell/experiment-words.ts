/** What the page says of an experiment, in words. */
import { dateTimeFormat } from '@grafana/data';
import type { BadgeColor, IconName } from '@grafana/ui';
import type { ExperimentSummary } from '../runtime/experiments';

export interface VerdictLook {
  words: string;
  icon: IconName;
  /** Green for a decided win, red for a decided loss; everything else is neutral, however good it looks. */
  colour: BadgeColor;
}

export function verdictLook({ verdict, leading }: Pick<ExperimentSummary, 'verdict' | 'leading'>): VerdictLook {
  switch (verdict) {
    case 'winner':
      return { words: leading === null ? 'Wins' : `${leading} wins`, icon: 'check', colour: 'green' };
    case 'loser':
      return { words: leading === null ? 'Loses' : `${leading} loses`, icon: 'times', colour: 'red' };
    case 'inconclusive':
      return { words: 'Not decided', icon: 'minus', colour: 'darkgrey' };
    case 'not-enough-data':
      return { words: 'Not enough data', icon: 'clock-nine', colour: 'darkgrey' };
    case 'invalid':
      return { words: 'Invalid', icon: 'exclamation-triangle', colour: 'orange' };
    default:
      return { words: 'No data', icon: 'circle', colour: 'darkgrey' };
  }
}

const STATUS: Readonly<Record<string, string>> = {
  active: 'Active',
  ended: 'Ended',
  planned: 'Planned',
  'no-start': 'No start set',
};
export const statusWords = (status: string): string => STATUS[status] ?? status;

const DAY_MS = 86_400_000;

/** `day 14, since 8 Nov 2026`; for one that ended, when it began. */
export function ageWords({ start, status }: Pick<ExperimentSummary, 'start' | 'status'>, now: number): string {
  if (start === null) {
    return '–';
  }
  const date = dateTimeFormat(start, { format: 'D MMM YYYY' });
  if (start > now) {
    return `starts ${date}`;
  }
  return status === 'active' ? `day ${Math.floor((now - start) / DAY_MS)}, since ${date}` : `began ${date}`;
}

const LEVELS: Readonly<Record<string, string>> = {
  live: 'LIVE',
  operational: 'OPERATIONAL',
  model: 'MODEL',
  simulated: 'SIMULATED',
  'no-data': 'NO DATA',
};

const SECOND = { seconds: 1, unit: 's' };
const AGES = [SECOND, { seconds: 60, unit: 'min' }, { seconds: 3600, unit: 'h' }, { seconds: 86_400, unit: 'd' }];

/** `LIVE 12 s`: where its numbers come from, and how old the newest is. */
export function dataWords({ level, ageSeconds }: Pick<ExperimentSummary, 'level' | 'ageSeconds'>): string {
  const words = LEVELS[level ?? 'no-data'] ?? 'NO DATA';
  if (ageSeconds === null || words === 'NO DATA') {
    return words;
  }
  const { seconds, unit } = AGES.findLast((one) => ageSeconds >= 2 * one.seconds) ?? SECOND;
  return `${words} ${Math.floor(ageSeconds / seconds)}\u00a0${unit}`;
}
