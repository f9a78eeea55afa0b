/** Turns measured differences and business parameters into money: the one function behind query, panel and report. */
import type { ValueState } from '../provenance';
import { breakEvenMultiplier } from './break-even';
import { unmetGuards } from './guards';
import type { Impact, ImpactFigures, ImpactInput, ImpactState, Term, TermName } from './impact';
import { checkInput } from './input-check';
import type { Distribution } from './net-distribution';
import { netDistribution } from './net-distribution';
import { modelOfNet, pricesOf, priceTerms } from './pricing';
import type { PricedTerm, Prices } from './pricing';
import type { ImpactRefusal } from './refusal';
import { isImpactRefusal } from './refusal';
import { annual, outcomesOf, returnsOf } from './returns';
import { requestsAtFullRollout } from './rollout';
import type { ImpactWarning } from './impact';
import { findWarnings } from './warnings';

const DEFAULT_ALPHA = 0.05;

/** What all figures of one input are computed from. */
interface Priced {
  input: ImpactInput;
  /** What the check of the input found. */
  found: ImpactWarning[];
  terms: PricedTerm[];
  /** Net a day; null when it has no interval. */
  distribution: Distribution | null;
  figures: ImpactFigures;
  alpha: number;
}

/**
 * The impact of rolling the treatment out fully, a day and a year (365 days), in the parameters' currency. A term whose
 * price is 0 needs no measurement; a term that lacks one is null, and so is net. Refuses input that cannot be right.
 *
 * Formulas: `money.ts`; intervals: the exact distribution of net (`net-distribution.ts`), equal-tailed at 1 − alpha.
 */
export function estimateImpact(given: ImpactInput): Impact | ImpactRefusal {
  const priced = price(given);
  if (isImpactRefusal(priced)) {
    return priced;
  }
  const { input, found, distribution, alpha } = priced;
  const { parameters } = input;
  const terms = priced.terms.map((term) => termOf(term, alpha));
  const explained = {
    ...priced.figures,
    terms,
    netStandardError: annual(distribution?.sd ?? null),
    outcomes: distribution === null ? [] : outcomesOf(distribution, parameters.infrastructure),
    breakEvenMultiplier: breakEvenMultiplier(input, terms),
    includesMultiplier: parameters.multiplierCv > 0,
    alpha,
  };
  return { ...explained, warnings: [...found, ...findWarnings(input, explained)] };
}

/** The figures of `estimateImpact` alone, at a tenth of the work: for many moments of one test. */
export function estimateFigures(given: ImpactInput): ImpactFigures | ImpactRefusal {
  const priced = price(given);
  return isImpactRefusal(priced) ? priced : priced.figures;
}

function price(given: ImpactInput): Priced | ImpactRefusal {
  const checked = checkInput(given);
  if (isImpactRefusal(checked)) {
    return checked;
  }
  const { input } = checked;
  const { parameters, accuracyOrigin, evidence } = input;
  const alpha = input.alpha ?? DEFAULT_ALPHA;
  const requests = requestsAtFullRollout(parameters.requestsPerDay, input.requestsPerDay, input.exposure);
  const prices = pricesOf(parameters, requests);
  const terms = priceTerms(input, prices);
  const model = modelOfNet(input, prices, terms);
  const distribution = model === null ? null : netDistribution(model);
  const daily = (name: TermName) => terms.find((term) => term.name === name)?.daily ?? null;
  const dailyNet = sum(terms.map((term) => term.daily));
  const contributionOfCosts = sum([daily('latency'), daily('serving')]);
  const dailyCost = contributionOfCosts === null ? null : 0 - contributionOfCosts;
  const states = statesBehind(input, prices);
  const earnings = terms.map(({ metric, daily: earned }) => ({ metric, annual: annual(earned) }));
  const preliminary = unmetGuards({ terms: earnings, netKnown: dailyNet !== null, states, accuracyOrigin, evidence });
  const figures: ImpactFigures = {
    dailyRevenue: daily('revenue'),
    dailyCost,
    dailyRiskReduction: daily('risk'),
    dailyNet,
    annualRevenueIncrease: annual(daily('revenue')),
    annualCostIncrease: annual(dailyCost),
    annualRiskReduction: annual(daily('risk')),
    netAnnualValue: annual(dailyNet),
    ...returnsOf(dailyNet, distribution, parameters.infrastructure, alpha),
    requestsPerDay: requests,
    exposure: input.requestsPerDay === null ? null : input.exposure,
    extrapolatedFromDays: input.days,
    currency: parameters.currency,
    state: stateOf(dailyNet !== null, states, preliminary.length > 0),
    preliminary,
  };
  return { input, found: checked.warnings, terms, distribution, figures, alpha };
}

/** A sum that is not known when a part of it is not. */
function sum(values: ReadonlyArray<number | null>): number | null {
  return values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
}

function termOf({ name, metric, daily, model }: PricedTerm, alpha: number): Term {
  const distribution = model === null ? null : netDistribution(model);
  return {
    name,
    metric,
    daily,
    annual: annual(daily),
    low: annual(distribution?.quantile(alpha / 2) ?? null),
    high: annual(distribution?.quantile(1 - alpha / 2) ?? null),
  };
}

/** States of the figures that money was computed from; a term with price 0 rests on none, an assumed volume on no count. */
function statesBehind(input: ImpactInput, prices: Prices): ValueState[] {
  const priced = [
    prices.accuracy === 0 ? null : input.accuracy,
    prices.latency === 0 ? null : input.latency,
    prices.errors === 0 ? null : input.errors,
  ];
  const states = priced.flatMap((difference) => (difference === null ? [] : [difference.state]));
  return input.parameters.requestsPerDay === undefined ? [...states, input.requestsState] : states;
}

function stateOf(isNetKnown: boolean, states: readonly ValueState[], isPreliminary: boolean): ImpactState {
  if (!isNetKnown) {
    return 'missing';
  }
  if (states.includes('simulated')) {
    return 'simulated';
  }
  return isPreliminary ? 'preliminary' : 'result';
}
