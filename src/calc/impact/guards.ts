/**
 * The guards: annual figures and ROI stand as results, and a rollout is advised, only when the test behind them is sound
 * and decided. Each unmet guard is a reason to call the figures preliminary.
 */
import type { PreliminaryReason, Term } from './impact';
import type { MoneyMetric } from './difference';
import type { ImpactEvidence } from './evidence';
import type { ValueState } from '../provenance';

export const FULL_DAYS_NEEDED = 7;
/** Share of all gains that decided metrics must account for before “a metric that earns the money” has won. */
const DECIDED_SHARE = 0.5;

/** What a guard reads of a term. */
type Earning = Pick<Term, 'metric' | 'annual'>;

export interface GuardedFigures {
  terms: readonly Earning[];
  netKnown: boolean;
  /** State of every figure the terms were computed from. */
  states: readonly ValueState[];
  accuracyOrigin: 'online' | 'offline';
  evidence: ImpactEvidence;
}

const METRIC_WORDS: Record<MoneyMetric, string> = {
  accuracy: 'accuracy',
  latency: 'latency',
  errors: 'the error rate',
};

/** The unmet guards, in the order a reader should hear of them; empty when the figures stand as results. */
export function unmetGuards(figures: GuardedFigures): PreliminaryReason[] {
  return [netGuard, srmGuard, decisionGuard, daysGuard, measuredGuard].flatMap((guard) => guard(figures) ?? []);
}

function netGuard({ netKnown }: GuardedFigures): PreliminaryReason | null {
  return netKnown ? null : { code: 'net-unknown', message: 'A figure that net needs was not measured.' };
}

function srmGuard({ evidence }: GuardedFigures): PreliminaryReason | null {
  switch (evidence.srm) {
    case 'ok':
    case 'warning':
      return null;
    case 'failed':
      return { code: 'srm-unsound', message: 'The traffic split is not the planned one, so no figure can be trusted.' };
    case 'unknown':
      return {
        code: 'srm-unsound',
        message: 'The traffic split could not be checked: it takes a declared split and counted requests.',
      };
  }
}

/** A metric that earns the money has won: decided winners account for at least half of all gains. */
function decisionGuard({ terms, accuracyOrigin, evidence }: GuardedFigures): PreliminaryReason | null {
  const gains = terms.filter((term) => term.annual !== null && term.annual > 0);
  const sum = (of: readonly Earning[]) => of.reduce((total, term) => total + (term.annual ?? 0), 0);
  const hasWon = ({ metric }: Earning) =>
    metric !== null &&
    evidence.verdicts[metric] === 'winner' &&
    !(metric === 'accuracy' && accuracyOrigin === 'offline');
  const lost = terms.filter(
    ({ metric, annual }) => metric !== null && (annual ?? 0) < 0 && evidence.verdicts[metric] === 'loser',
  );
  if (lost.length > 0 && -sum(lost) >= sum(gains)) {
    const names = lost.flatMap(({ metric }) => (metric === null ? [] : [METRIC_WORDS[metric]]));
    return { code: 'undecided', message: `Decided worse: ${names.join(', ')}.` };
  }
  const largest = gains.toSorted((a, b) => (b.annual ?? 0) - (a.annual ?? 0))[0];
  if (largest?.metric === undefined || largest.metric === null) {
    return { code: 'undecided', message: 'No metric earns money so far.' };
  }
  if (sum(gains.filter(hasWon)) >= DECIDED_SHARE * sum(gains)) {
    return null;
  }
  const why =
    largest.metric === 'accuracy' && accuracyOrigin === 'offline'
      ? 'was measured on a test set, not in the test'
      : 'is not decided yet';
  return { code: 'undecided', message: `Most of the gain is from ${METRIC_WORDS[largest.metric]}, which ${why}.` };
}

function daysGuard({ evidence }: GuardedFigures): PreliminaryReason | null {
  const days = Math.floor(evidence.fullDays);
  return days >= FULL_DAYS_NEEDED
    ? null
    : { code: 'too-few-days', message: `${days} of ${FULL_DAYS_NEEDED} full days are in.` };
}

function measuredGuard({ states }: GuardedFigures): PreliminaryReason | null {
  if (states.includes('simulated')) {
    return { code: 'not-measured', message: 'Figures are simulated.' };
  }
  return states.includes('estimated')
    ? { code: 'not-measured', message: 'Some figures are estimated, not measured.' }
    : null;
}
