/** Rates of events: by moments, or by exact methods where either arm has few events or non-events. */
import { fewestCounts, measureCounts } from './measure-counts';
import { measureMoments } from './measure-moments';
import type { MeasuringPlan, Measurement } from './measurement';
import type { CountStratum } from './event-sequence';
import { proportionMoments } from './proportion';
import { isRefusal, refuse, type Refusal } from './refusal';
import type { Counts } from './small-counts';
import { standardise, strataWeights } from './strata';

const armOf = (counts: Counts) => ({ ...proportionMoments(counts), size: counts.n });

/** Compares rates over strata; those with an empty arm have nothing to compare and are left out. Refuses `no-data`. */
export function measureProportion(strata: readonly CountStratum[], plan: MeasuringPlan): Measurement | Refusal {
  const used = strata.filter(({ control, variant }) => control.n > 0 && variant.n > 0);
  const weights = strataWeights(used.map(({ control, variant }) => ({ control: control.n, variant: variant.n })));
  if (weights === null) {
    return refuse('no-data');
  }
  if (fewestCounts(used) < plan.minimumEvents) {
    return measureCounts(used, weights, plan);
  }
  const moments = used.map(({ control, variant }) => ({ control: armOf(control), variant: armOf(variant) }));
  const observations = {
    control: used.reduce((sum, { control }) => sum + control.n, 0),
    variant: used.reduce((sum, { variant }) => sum + variant.n, 0),
  };
  const measured = measureMoments(standardise(moments, weights), observations, plan);
  // A stratum can be all events though their sum is not; then nothing varies within it.
  return isRefusal(measured) ? measureCounts(used, weights, plan) : measured;
}
