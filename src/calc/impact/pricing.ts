/** What one unit of each difference is worth a day at full rollout, and the model of net that follows from it. */
import type { MeasuredDifference, MoneyMetric } from './difference';
import type { ImpactInput, TermName } from './impact';
import type { NetModel } from './net-distribution';
import type { BusinessParameters } from './parameters';

/**
 * Money a day per unit of (treatment − control), signed: positive adds to net. Accuracy's is per unit of the revenue
 * multiplier. Null: the requests it depends on are not known.
 */
export interface Prices extends Record<MoneyMetric, number | null> {
  accuracy: number;
  /** Extra cost of serving all requests of a day; it depends on no difference. */
  serving: number | null;
}

/** Prices from the parameters and the requests a day at full rollout. A parameter of 0 makes a term 0, known or not. */
export function pricesOf(parameters: BusinessParameters, requestsPerDay: number | null): Prices {
  const perRequest = (cost: number) => (cost === 0 ? 0 : requestsPerDay === null ? null : -requestsPerDay * cost);
  return {
    accuracy: parameters.revenueMultiplier === 0 ? 0 : parameters.baseVolume,
    latency: perRequest(parameters.costPerMs),
    errors: perRequest(parameters.costPerError),
    serving: perRequest(parameters.servingCost),
  };
}

interface Moments {
  /** Price × difference; null when it was not measured. */
  value: number | null;
  /** Price² × variance; null when the variance is unknown. */
  variance: number | null;
}

function momentsOf(price: number | null, difference: MeasuredDifference | null): Moments {
  if (price === 0) {
    return { value: 0, variance: 0 };
  }
  if (price === null || difference === null) {
    return { value: null, variance: null };
  }
  return {
    value: price * difference.difference,
    variance: difference.variance === null ? null : price ** 2 * difference.variance,
  };
}

export interface PricedTerm {
  name: TermName;
  metric: MoneyMetric | null;
  /** Contribution to net a day; null when it was not measured. */
  daily: number | null;
  /** Null when no interval can be given. */
  model: NetModel | null;
}

const CERTAIN = { gain: 0, gainVariance: 0, fixed: 0, fixedVariance: 0, covariance: 0, multiplier: 0, multiplierCv: 0 };

/** The terms of net, each with the model of its own distribution. */
export function priceTerms(input: ImpactInput, prices: Prices): PricedTerm[] {
  const { revenueMultiplier: multiplier, multiplierCv } = input.parameters;
  const accuracy = momentsOf(prices.accuracy, input.accuracy);
  const fixedTerm = (name: TermName, metric: 'latency' | 'errors'): PricedTerm => {
    const { value, variance } = momentsOf(prices[metric], input[metric]);
    const isKnown = value !== null && variance !== null;
    return {
      name,
      metric,
      daily: value,
      model: isKnown ? { ...CERTAIN, fixed: value, fixedVariance: variance } : null,
    };
  };
  const isRevenueKnown = accuracy.value !== null && accuracy.variance !== null;
  return [
    {
      name: 'revenue',
      metric: 'accuracy',
      daily: accuracy.value === null ? null : accuracy.value * multiplier,
      model: isRevenueKnown
        ? { ...CERTAIN, gain: accuracy.value ?? 0, gainVariance: accuracy.variance ?? 0, multiplier, multiplierCv }
        : null,
    },
    fixedTerm('latency', 'latency'),
    fixedTerm('risk', 'errors'),
    {
      name: 'serving',
      metric: null,
      daily: prices.serving,
      model: prices.serving === null ? null : { ...CERTAIN, fixed: prices.serving },
    },
  ];
}

/** The model of net: the terms summed, with the covariances of the raw differences; null when one has no interval. */
export function modelOfNet(input: ImpactInput, prices: Prices, terms: readonly PricedTerm[]): NetModel | null {
  const { accuracyLatency = 0, accuracyErrors = 0, latencyErrors = 0 } = input.covariances ?? {};
  const latency = prices.latency ?? 0;
  const errors = prices.errors ?? 0;
  const net: NetModel = {
    ...CERTAIN,
    multiplier: input.parameters.revenueMultiplier,
    multiplierCv: input.parameters.multiplierCv,
    covariance: prices.accuracy * (latency * accuracyLatency + errors * accuracyErrors),
    fixedVariance: 2 * latency * errors * latencyErrors,
  };
  for (const { model } of terms) {
    if (model === null) {
      return null;
    }
    net.gain += model.gain;
    net.gainVariance += model.gainVariance;
    net.fixed += model.fixed;
    net.fixedVariance += model.fixedVariance;
  }
  return net;
}
