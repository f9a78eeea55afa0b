/** The traffic split of a test, from the frame `variants` and the declared phases. */
import type { DataFrame } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { formatSplit } from '../../calc/notation';
import type { ExperimentMeta, UpliftMeta } from '../../contract/frames';
import { numberAt, rowsOf, textAt } from '../shared/frames';
import { writeInstant } from '../shared/instants';

export interface Share {
  variant: string;
  requests: number;
  /** Expected share of traffic; null without a declared split. */
  expected: number | null;
}

/** Requests of each variant in the frame's order, which is the experiment's; shadows answer nobody and are left out. */
export function readSplit(frame: DataFrame): Share[] {
  return rowsOf(frame).flatMap((row): Share[] => {
    const variant = textAt(frame, 'variant', row);
    const requests = numberAt(frame, 'requests', row);
    const isShadow = textAt(frame, 'role', row) === 'shadow';
    return variant === null || requests === null || isShadow
      ? []
      : [{ variant, requests, expected: numberAt(frame, 'expected_share', row) }];
  });
}

/** One bar of the split view. */
export interface SplitPeriod {
  /** `70/30 since 4 Sep`, or `whole test`. */
  words: string;
  shares: Share[];
}

/** A bar a phase that had traffic, the newest first; one for the whole test where the phases' counts are not known. */
export function splitPeriods(
  whole: Share[],
  meta: UpliftMeta | undefined,
  now: number,
  timeZone: TimeZone,
): SplitPeriod[] {
  const experiment = meta?.experiment;
  const words = phaseWords(experiment, now, timeZone).reverse();
  const periods = (meta?.phaseTraffic ?? []).flatMap(({ phase, requests }): SplitPeriod[] => {
    const declared = experiment?.phases[phase];
    const shares = whole.flatMap(({ variant }): Share[] => {
      const count = requests[variant];
      return count === undefined ? [] : [{ variant, requests: count, expected: declared?.split[variant] ?? null }];
    });
    return shares.length === 0 ? [] : [{ words: words[phase] ?? `phase ${phase + 1}`, shares }];
  });
  return periods.length === 0 ? [{ words: 'whole test', shares: whole }] : periods.reverse();
}

/** Each declared phase in words, the newest first: `70/30 since 4 Sep`, `90/10 1–4 Sep`. */
export function phaseWords(experiment: ExperimentMeta | undefined, now: number, timeZone: TimeZone): string[] {
  if (experiment === undefined) {
    return [];
  }
  const { phases, variants } = experiment;
  const day = (from: string) => writeInstant(Date.parse(from), now, timeZone, false);
  const days = (from: string, to: string) => {
    const [first, last] = [day(from), day(to)];
    const isOneMonth = first.replace(/^\d+/, '') === last.replace(/^\d+/, '');
    return `${isOneMonth ? first.replace(/ .*$/, '') : first}–${last}`;
  };
  return phases
    .map((phase, index) => {
      const split = formatSplit(variants.flatMap(({ name }) => phase.split[name] ?? []));
      const next = phases[index + 1];
      return next === undefined ? `${split} since ${day(phase.from)}` : `${split} ${days(phase.from, next.from)}`;
    })
    .reverse();
}
