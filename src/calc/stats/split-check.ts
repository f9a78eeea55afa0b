/**
 * The check `srm` of an experiment: does the traffic follow the planned split, phase by phase, at every look since the start?
 * The expectation is the sum over phases; the test is the sequential one, for it is looked at with every refresh.
 */
import { formatPValue, formatSplit } from '../notation';
import { isSplit, testCounts } from './srm';
import { isCount } from './small-counts';
import { SRM_CONCENTRATION, srmLogBayesFactor } from './srm-sequential';

/** The traffic of one phase, one entry a randomised variant. */
export interface PhaseTraffic {
  observed: readonly number[];
  /** The planned split, of any positive scale. */
  weights: readonly number[];
}

export interface SplitPlan {
  /** How traffic is assigned. */
  assignment: 'request' | 'user' | 'unknown';
  /** What was counted. Default requests. */
  counted?: 'requests' | 'users';
  /** p-value below which the split is taken as broken. Default 0.001. */
  threshold?: number;
}

export interface SplitCheck {
  /** `failed` makes the test invalid; `warning` is a hint; `unknown`: too little traffic or no split. */
  status: 'ok' | 'warning' | 'failed' | 'unknown';
  /** Holds at every look since the start; null when unknown. */
  pValue: number | null;
  /** χ², for a single look; null when unknown. */
  fixedPValue: number | null;
  /** Shares of the traffic, in the order given; empty when unknown. */
  observedShares: number[];
  expectedShares: number[];
  message: string;
}

const THRESHOLD = 0.001;
/** Expected observations an arm below which the check says nothing (GrowthBook). */
const MINIMUM_EXPECTED = 8;
/** Where requests are not what was randomised, a smaller deviation than this is no finding. */
const MINIMUM_DEVIATION = 0.01;

const unknown = (message: string): SplitCheck => ({
  status: 'unknown',
  pValue: null,
  fixedPValue: null,
  observedShares: [],
  expectedShares: [],
  message,
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Checks the split over phases. Variants that a phase gives no traffic take no part in that phase's test.
 *
 * Only what was randomised can fail: request counts where requests are assigned, user counts where users are. Otherwise
 * requests of one user move together, so the check at most warns, and only from a deviation of one percentage point.
 */
export function checkSplit(phases: readonly PhaseTraffic[], plan: SplitPlan): SplitCheck {
  const isSound = phases.every(({ observed, weights }) => isSplit(weights, observed.length));
  if (phases.length === 0 || !isSound) {
    return unknown('SRM not checked: the planned split must give every variant a share');
  }
  if (!phases.every(({ observed }) => observed.every(isCount))) {
    return unknown('SRM not checked: a traffic count is negative or not a number');
  }
  const arms = Math.max(...phases.map(({ observed }) => observed.length));
  const observed = new Array<number>(arms).fill(0);
  const expected = new Array<number>(arms).fill(0);
  let logBayesFactor = 0;
  for (const phase of phases) {
    const counts = phase.observed.map((count, arm) => ((phase.weights[arm] ?? 0) > 0 ? count : 0));
    const scale = sum(phase.weights);
    const split = phase.weights.map((weight) => weight / scale);
    const total = sum(counts);
    for (const [arm, share] of split.entries()) {
      observed[arm] = (observed[arm] ?? 0) + (counts[arm] ?? 0);
      expected[arm] = (expected[arm] ?? 0) + share * total;
    }
    logBayesFactor += srmLogBayesFactor(counts, split, SRM_CONCENTRATION);
  }
  const fewest = Math.min(...expected.filter((count) => count > 0));
  if (fewest < MINIMUM_EXPECTED || fewest === Number.POSITIVE_INFINITY) {
    return unknown('SRM not checked: too little traffic yet');
  }
  const fixed = testCounts(observed, expected);
  return judge(observed, expected, Math.exp(-Math.max(0, logBayesFactor)), fixed.pValue, plan);
}

function judge(
  observed: readonly number[],
  expected: readonly number[],
  pValue: number,
  fixedPValue: number | null,
  plan: SplitPlan,
): SplitCheck {
  const total = sum(observed);
  const observedShares = observed.map((count) => count / total);
  const expectedShares = expected.map((count) => count / total);
  const deviation = Math.max(...observedShares.map((share, arm) => Math.abs(share - (expectedShares[arm] ?? 0))));
  const isRandomised = plan.counted === 'users' ? plan.assignment === 'user' : plan.assignment === 'request';
  const isMismatch = pValue < (plan.threshold ?? THRESHOLD) && (isRandomised || deviation >= MINIMUM_DEVIATION);
  const shares = `traffic is ${formatSplit(observedShares)}, expected ${formatSplit(expectedShares)}`;
  const common = { pValue, fixedPValue, observedShares, expectedShares };
  if (!isMismatch) {
    return { ...common, status: 'ok', message: `SRM ok: ${shares}` };
  }
  const found = `Sample ratio mismatch: ${shares}, p ${formatPValue(pValue)}`;
  return isRandomised
    ? { ...common, status: 'failed', message: `${found}. Fix assignment or logging, then restart the test.` }
    : { ...common, status: 'warning', message: `${found}. Requests were counted but may not be what was assigned.` };
}
