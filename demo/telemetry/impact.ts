import { businessParametersSchema } from '../../src/contract/business';
import type { SeededExperiment } from '../scenario';
import { trueLatencyMean } from '../scenario';
import type { ImpactType } from './names';

const BUSINESS = businessParametersSchema.parse({});

/**
 * What a service exports as its own estimate of a variant's daily worth against the control, in currency: revenue from
 * better accuracy, cost of slower answers, and their difference.
 *
 * @param accuracy fraction, of the variant and of the control
 */
export function estimateImpact(
  experiment: SeededExperiment,
  variant: string,
  accuracy: { variant: number; control: number },
): Record<ImpactType, number> {
  const control = experiment.variants.find(({ role }) => role === 'control');
  const own = experiment.variants.find(({ name }) => name === variant);
  const extraMs = control && own ? trueLatencyMean(own.truth) - trueLatencyMean(control.truth) : 0;
  const revenue = BUSINESS.baseVolume * BUSINESS.revenueMultiplier * (accuracy.variant - accuracy.control);
  const cost = experiment.requestsPerDay * BUSINESS.costPerMs * extraMs;
  return { revenue_impact: revenue, latency_cost: cost, net_business_value: revenue - cost };
}
