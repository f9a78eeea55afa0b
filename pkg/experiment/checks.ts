/** Is the test itself sound? The checks that stand beside every answer (design §5). */
import { progressWords } from '../../src/calc/headline';
import { formatAge, formatCount, formatProbability } from '../../src/calc/notation';
import type { SourceReading } from '../../src/calc/provenance';
import type { SplitCheck } from '../../src/calc/stats/split-check';
import { checkSplit } from '../../src/calc/stats/split-check';
import type { ReasonCode } from '../../src/calc/verdict';
import type { CheckName, CheckStatus } from '../../src/contract/frames';
import type { ComparedRow } from './compare';
import type { Experiment, Variant } from './definition';
import type { Ledger } from './ledger';
import { phasesOf, sumStatistics } from './ledger';
import type { TestWindow } from './window';

export interface Check {
  check: CheckName;
  status: CheckStatus;
  pValue: number | null;
  message: string;
  /** What the finding does to verdicts; null when it does nothing. */
  block: ReasonCode | null;
}

const DAY_MS = 86_400_000;

/** Variants that are randomised: a shadow sees copies of the traffic and counts in no split. */
export function randomisedVariants(experiment: Experiment): Variant[] {
  return experiment.variants.filter(({ role }) => role !== 'shadow');
}

/** The split of the traffic against the declared one, phase by phase. */
export function readSplit(
  experiment: Experiment,
  ledger: Ledger | null,
  window: TestWindow,
): SplitCheck | { missing: string } {
  if (!ledger) {
    return { missing: 'SRM not checked: no source counted the traffic' };
  }
  if (experiment.phases.length === 0) {
    return { missing: 'SRM not checked: no split is declared' };
  }
  if (!window.anchored) {
    return { missing: 'SRM not checked: it counts from the start, which is not known' };
  }
  const variants = randomisedVariants(experiment);
  return checkSplit(
    phasesOf(ledger).map((phase) => ({
      observed: variants.map((variant) => sumStatistics(ledger, variant, { phase }).counters.requests ?? 0),
      weights: variants.map(({ name }) => experiment.phases[phase]?.split[name] ?? 0),
    })),
    { assignment: experiment.assignment },
  );
}

/** Sample ratio mismatch: a failure makes the test invalid. */
export function checkSrm(split: ReturnType<typeof readSplit>): Check {
  if ('missing' in split) {
    return { check: 'srm', status: 'unknown', pValue: null, message: split.missing, block: null };
  }
  const { status, pValue, message } = split;
  return { check: 'srm', status, pValue, message, block: status === 'failed' ? 'srm-failed' : null };
}

/** Whether each arm has enough observations for a verdict. */
export function checkSampleSize(rows: readonly ComparedRow[]): Check {
  const whole = rows.filter(({ segment, state }) => segment === null && state !== 'simulated');
  const goals = whole.filter(({ metric }) => metric.role === 'goal');
  const judged = goals.length ? goals : whole;
  const progress = judged.flatMap(({ comparison }) => (comparison.progress ? [comparison.progress] : []));
  const [least] = progress.sort((a, b) => a.share - b.share);
  if (!least) {
    return {
      check: 'sample_size',
      status: 'unknown',
      pValue: null,
      block: null,
      message: 'No observations to judge the sample by',
    };
  }
  if (least.share >= 1) {
    const message = `Sample is large enough: ${formatCount(least.collected)} observations`;
    return { check: 'sample_size', status: 'ok', pValue: null, block: null, message };
  }
  return {
    check: 'sample_size',
    status: 'warning',
    pValue: null,
    block: null,
    message: progressWords(least, 'observations'),
  };
}

const COVERAGE_FLOOR = 0.95;
/** A first sample this much later than the start means that the beginning is not there. */
const LATE_START_MS = 2 * 3_600_000;

/** How much of the window the source really holds: late first sample, silent days, retention shorter than the window. */
export function checkCoverage(experiment: Experiment, ledger: Ledger | null, window: TestWindow): Check {
  const check = 'coverage';
  if (!ledger || window.to <= window.from) {
    return {
      check,
      status: 'unknown',
      pValue: null,
      block: null,
      message: 'Coverage unknown: no source counted the traffic',
    };
  }
  if (ledger.firstSample === null) {
    return { check, status: 'failed', pValue: null, block: 'partial', message: 'No samples in the test window' };
  }
  const length = window.to - window.from;
  const late = Math.max(0, ledger.firstSample - window.from);
  const silent = ledger.chunks.filter(
    (chunk) => chunk.traffic.variants.length === 0 && chunk.to > (ledger.firstSample ?? 0),
  );
  const missing = late + silent.reduce((sum, chunk) => sum + chunk.to - chunk.from, 0);
  const share = Math.max(0, 1 - missing / length);
  const percent = formatProbability(share);
  if (late > LATE_START_MS && late / length > 1 - COVERAGE_FLOOR) {
    return {
      check,
      status: 'warning',
      pValue: null,
      block: window.anchored ? 'partial' : null,
      message: `Coverage ${percent}: the first sample came ${formatAge(late / 1000)} after the start; retention may be shorter than the test`,
    };
  }
  if (share < COVERAGE_FLOOR) {
    return {
      check,
      status: 'warning',
      pValue: null,
      block: 'partial',
      message: `Coverage ${percent}: the source has gaps`,
    };
  }
  return { check, status: 'ok', pValue: null, block: null, message: `Coverage ${percent}` };
}

/** Age of the newest sample of each source that answered. */
export function checkFreshness(readings: readonly SourceReading[], now: number): Check {
  const check = 'freshness';
  const answered = readings.filter(({ state }) => state === 'ok' || state === 'stale');
  if (answered.length === 0) {
    return { check, status: 'unknown', pValue: null, block: null, message: 'Freshness unknown: no source answered' };
  }
  const stale = answered.filter(({ state }) => state === 'stale');
  const age = ({ source, asOf }: SourceReading) =>
    `${source} ${asOf === null ? 'unknown' : formatAge((now - asOf) / 1000)} old`;
  if (stale.length > 0) {
    return { check, status: 'warning', pValue: null, block: null, message: `Stale: ${stale.map(age).join(', ')}` };
  }
  return { check, status: 'ok', pValue: null, block: null, message: `Fresh: ${answered.map(age).join(', ')}` };
}

/** Whole weeks in the window: behaviour differs by weekday, so a verdict wants full ones. */
export function checkFullWeeks(window: TestWindow): Check {
  const weeks = Math.floor((window.to - window.from) / (7 * DAY_MS));
  return {
    check: 'full_weeks',
    status: weeks >= 1 ? 'ok' : 'warning',
    pValue: null,
    block: null,
    message: weeks >= 1 ? `Full weeks ${weeks}` : 'Full weeks 0 of 1: weekdays are not all in yet',
  };
}
