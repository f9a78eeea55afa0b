/**
 * Advice: what to do next, from the test and the money together. One table of rules, in the order their advice is given;
 * to add one, name its action and add a row. A rule answers with its evidence, or null when it has nothing to say.
 */
import { formatCount, formatLift, formatMoney, formatMoneyInterval, formatProbability, formatValue } from '../notation';
import type { MeasuredDifference } from './difference';
import type { Impact, ImpactInput, Term, TermName } from './impact';
import type { PreliminaryCode } from './impact';

export const ACTIONS = [
  'fix-split',
  'repair-test',
  'stop',
  'restore-source',
  'measure-missing',
  'keep-control',
  'deploy',
  'deploy-except',
  'keep-collecting',
  'validate-online',
  'not-worth-infrastructure',
  'cut-latency',
  'do-not-book',
  'measure-multiplier',
  'calibrate',
] as const;
export type Action = (typeof ACTIONS)[number];

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export interface Recommendation {
  action: Action;
  /** Verb first. */
  title: string;
  /** The evidence, in one or two sentences. */
  why: string;
  confidence: Confidence;
}

export interface AdviceFacts {
  variant: string;
  control: string;
  input: ImpactInput;
  impact: Impact;
}

type Advice = Omit<Recommendation, 'action'> | null;
type Rule = (facts: AdviceFacts) => Advice;

/** P(pays back) from which a rollout is advised, and from which it is advised with high confidence. */
const DEPLOY_FROM = 0.8;
const SURE_FROM = 0.95;
/** Share of all gains that latency takes before cutting it is advised. */
const LATENCY_SHARE = 0.1;

const termNamed = ({ terms }: Impact, name: TermName): Term | undefined => terms.find((term) => term.name === name);
const gainsOf = ({ terms }: Impact): number => terms.reduce((sum, term) => sum + Math.max(0, term.annual ?? 0), 0);
const includesZero = ({ low, high }: Term): boolean => low !== null && high !== null && low <= 0 && high >= 0;
const lacks = (facts: AdviceFacts, code: PreliminaryCode) =>
  facts.impact.preliminary.find((reason) => reason.code === code);

/** Nothing speaks against a rollout but, perhaps, one segment. */
function isReadyToDeploy({ impact, input }: AdviceFacts): boolean {
  return (
    impact.state === 'result' &&
    input.evidence.brokenGuardrails.length === 0 &&
    input.evidence.failedChecks.length === 0 &&
    !isLosing({ impact, input }) &&
    (impact.pRoiPositive ?? 0) >= DEPLOY_FROM
  );
}

/** Accuracy is decided worse, or net is. Latency and errors alone are a price, and net has paid it. */
const isLosing = ({ impact, input }: Pick<AdviceFacts, 'impact' | 'input'>): boolean =>
  input.evidence.verdicts.accuracy === 'loser' || (impact.netHigh !== null && impact.netHigh < 0);

/** The interval a difference is written with: it sets the decimals. */
function rangeOf(difference: MeasuredDifference | null): { low: number; high: number } | null {
  if (difference === null || difference.variance === null) {
    return null;
  }
  const reach = 2 * Math.sqrt(difference.variance);
  return { low: difference.difference - reach, high: difference.difference + reach };
}

const writeInterval = (low: number | null, high: number | null): string =>
  formatMoneyInterval(low === null || high === null ? null : { low, high });

function sayDeploy({ impact }: AdviceFacts): Pick<Recommendation, 'why' | 'confidence'> {
  const { netAnnualValue, netLow, netHigh, pRoiPositive, currency, alpha } = impact;
  const cover = formatCount((1 - alpha) * 100);
  const interval = netLow === null ? '' : `, ${cover} % interval ${writeInterval(netLow, netHigh)}`;
  return {
    why: `Chance to pay back ${formatProbability(pRoiPositive)}; net ${formatMoney(netAnnualValue, currency, 'always')} a year${interval}.`,
    confidence: (pRoiPositive ?? 0) >= SURE_FROM ? 'high' : 'medium',
  };
}

const RULES: Readonly<Record<Action, Rule>> = {
  'fix-split': ({ input: { evidence } }) =>
    evidence.srm === 'failed'
      ? {
          title: 'Fix the traffic split',
          why: 'Requests are not split as planned, so the two groups are not comparable. Start again once they are.',
          confidence: 'high',
        }
      : null,

  'repair-test': ({ input: { evidence } }) =>
    evidence.failedChecks.length > 0
      ? {
          title: 'Repair the test',
          why: `Failed: ${evidence.failedChecks.join(', ').replaceAll('_', ' ')}. Until then its figures are not safe to act on.`,
          confidence: 'high',
        }
      : null,

  stop: ({ variant, input: { evidence } }) =>
    evidence.brokenGuardrails.length > 0
      ? {
          title: `Stop ${variant}`,
          why: `Worse beyond the margin: ${evidence.brokenGuardrails.join(', ')}.`,
          confidence: 'high',
        }
      : null,

  'restore-source': (facts) =>
    lacks(facts, 'not-measured')
      ? {
          title: 'Bring the missing source back',
          why:
            facts.impact.state === 'simulated'
              ? 'These figures are simulated; decide nothing on them.'
              : 'Some figures are estimated from another source or kept from earlier.',
          confidence: 'high',
        }
      : null,

  'measure-missing': ({ impact: { warnings } }) => {
    const missing = warnings.filter(({ code }) => code === 'not-measured');
    return missing.length > 0
      ? { title: 'Measure what is missing', why: missing.map(({ message }) => message).join(' '), confidence: 'high' }
      : null;
  },

  'keep-control': (facts) => {
    const { impact, input } = facts;
    if (!isLosing(facts)) {
      return null;
    }
    const isAccuracyWorse = input.evidence.verdicts.accuracy === 'loser';
    return {
      title: `Keep ${facts.control}`,
      why: isAccuracyWorse
        ? `${facts.variant} is decided worse on accuracy: ${formatLift(input.accuracy?.difference, rangeOf(input.accuracy), 'fraction')}.`
        : `Net is decided negative: ${formatMoney(impact.netAnnualValue, impact.currency)} a year, interval ${writeInterval(impact.netLow, impact.netHigh)}.`,
      confidence: 'high',
    };
  },

  deploy: (facts) =>
    isReadyToDeploy(facts) && facts.input.evidence.worseSegment === undefined
      ? { title: `Roll out ${facts.variant}`, ...sayDeploy(facts) }
      : null,

  'deploy-except': (facts) => {
    const { worseSegment } = facts.input.evidence;
    if (worseSegment === undefined || !isReadyToDeploy(facts)) {
      return null;
    }
    const { why, confidence } = sayDeploy(facts);
    return {
      title: `Roll out ${facts.variant}, keep ${worseSegment.name} on ${facts.control}`,
      why: `${why} Worse there: ${worseSegment.why}.`,
      confidence,
    };
  },

  'keep-collecting': (facts) => {
    const { evidence } = facts.input;
    const reason = lacks(facts, 'undecided') ?? lacks(facts, 'too-few-days');
    // While a source is away a verdict is withheld, whatever the test has shown: it is the source that is to come back.
    const isBlind = lacks(facts, 'not-measured') !== undefined;
    const isSettled = evidence.srm === 'failed' || isLosing(facts) || evidence.brokenGuardrails.length > 0;
    if (reason === undefined || isBlind || isSettled) {
      return null;
    }
    const days = evidence.daysLeft;
    const left =
      days === null || days <= 0
        ? ''
        : ` About ${Math.ceil(days)} more ${Math.ceil(days) === 1 ? 'day' : 'days'} to decide.`;
    return {
      title: 'Keep the test running',
      why: `${reason.message}${left}`,
      confidence: days === null ? 'medium' : 'high',
    };
  },

  'validate-online': ({ impact: { warnings } }) =>
    warnings.some(({ code }) => code === 'offline-accuracy')
      ? {
          title: 'Count accuracy in the test',
          why: 'Revenue rests on a test set. Export labelled and correct predictions to measure it on real traffic.',
          confidence: 'high',
        }
      : null,

  'not-worth-infrastructure': ({ impact, input: { parameters } }) => {
    const { netAnnualValue: net, pRoiPositive, currency, state } = impact;
    return net !== null && net > 0 && net < parameters.infrastructure
      ? {
          title: 'Not worth its infrastructure',
          why: `Net ${formatMoney(net, currency)} a year is less than the ${formatMoney(parameters.infrastructure, currency)} it runs on.`,
          confidence: state !== 'result' ? 'low' : (pRoiPositive ?? 1) <= 1 - SURE_FROM ? 'high' : 'medium',
        }
      : null;
  },

  'cut-latency': ({ impact, input }) => {
    const cost = -(termNamed(impact, 'latency')?.annual ?? 0);
    const gains = gainsOf(impact);
    const share = cost / gains;
    if (gains === 0 || !(share >= LATENCY_SHARE) || input.evidence.verdicts.accuracy === 'loser') {
      return null;
    }
    const size = share >= 1 ? 'more than all the gain' : `${formatProbability(share)} of the gain`;
    return {
      title: `Win back ${formatValue(input.latency?.difference, 'ms')}`,
      why: `Latency eats ${size}: ${formatMoney(cost, impact.currency)} a year.`,
      confidence: (termNamed(impact, 'latency')?.high ?? 0) < 0 ? 'high' : 'low',
    };
  },

  'do-not-book': ({ impact }) => {
    const revenue = termNamed(impact, 'revenue');
    return revenue !== undefined && revenue.annual !== null && revenue.annual > 0 && includesZero(revenue)
      ? {
          title: 'Do not book the revenue yet',
          why: `${formatMoney(revenue.annual, impact.currency, 'always')} a year is not decided: its interval ${writeInterval(revenue.low, revenue.high)} includes zero.`,
          confidence: 'high',
        }
      : null;
  },

  'measure-multiplier': ({ impact, input: { parameters } }) => {
    const { breakEvenMultiplier: needed } = impact;
    const isClose = needed !== null && needed > 0 && needed > parameters.revenueMultiplier / 4;
    return isClose && parameters.revenueMultiplier > 0
      ? {
          title: 'Measure the revenue multiplier',
          why: `It is assumed to be ${parameters.revenueMultiplier}; it pays back if it is really at least ${needed.toPrecision(2)}.`,
          confidence: 'medium',
        }
      : null;
  },

  calibrate: ({ input: { evidence } }) =>
    evidence.calibration === 'warning' || evidence.calibration === 'failed'
      ? {
          title: 'Calibrate the intervals',
          why: 'The control compared with itself varies more than the statistics expect: widen the intervals by the factor of the A/A check.',
          confidence: evidence.calibration === 'failed' ? 'high' : 'medium',
        }
      : null,
};

/** All advice that applies, the most pressing first; empty when no rule has anything to say. */
export function recommend(facts: AdviceFacts): Recommendation[] {
  return ACTIONS.flatMap((action) => {
    const advice = RULES[action](facts);
    return advice === null ? [] : [{ action, ...advice }];
  });
}
