/** Comparisons of proportions, means and ratios over strata. */
import type { ReasonCode } from '../verdict';
import { readArm, type Arm, type MomentStatistic } from './arms';
import type { ComparedMetric, Comparison, ComparisonPlan } from './comparison';
import { conclude, refused } from './conclude';
import type { CountStratum } from './event-sequence';
import { fewestCounts } from './measure-counts';
import { measureMoments } from './measure-moments';
import { measureProportion } from './measure-proportion';
import type { MeasuringPlan, Measurement } from './measurement';
import { isRefusal, refuse, type Refusal } from './refusal';
import { standardise, strataWeights } from './strata';

export interface MomentStratum {
  control: MomentStatistic;
  variant: MomentStatistic;
}

/** Compares arms by their moments, or by their counts where they count events. */
export function compareMoments(
  metric: ComparedMetric,
  strata: readonly MomentStratum[],
  plan: ComparisonPlan,
  measuring: MeasuringPlan,
): Comparison {
  const countsEvents = metric.kind === 'proportion';
  const read: { control: Arm; variant: Arm }[] = [];
  for (const [index, stratum] of strata.entries()) {
    const where = strata.length > 1 ? `phase ${index + 1} ` : '';
    const control = readArm(stratum.control, countsEvents, `${where}control`);
    const variant = readArm(stratum.variant, countsEvents, `${where}variant`);
    if (isRefusal(control)) {
      return refused(metric, plan, control);
    }
    if (isRefusal(variant)) {
      return refused(metric, plan, variant);
    }
    read.push({ control, variant });
  }
  const used = read.filter(({ control, variant }) => control.observations > 0 && variant.observations > 0);
  const notes = notesOn(read, used.length, plan);
  const measured = measureArms(used, strata[0]?.control.kind === 'proportion', measuring);
  const observations = {
    nControl: read.reduce((sum, { control }) => sum + control.observations, 0),
    nVariant: read.reduce((sum, { variant }) => sum + variant.observations, 0),
  };
  if (isRefusal(measured)) {
    return { ...refused(metric, plan, measured, notes), ...observations, ...valuesOf(used) };
  }
  const units = Math.min(
    ...(['control', 'variant'] as const).map((arm) => used.reduce((sum, stratum) => sum + stratum[arm].moments.n, 0)),
  );
  return conclude(metric, plan, measuring, measured, { units, notes: [...measured.notes, ...notes] });
}

/** Counts are compared as counts; ratios of counts, too, where events are too few to show how they cluster. */
function measureArms(
  strata: readonly { control: Arm; variant: Arm }[],
  areProportions: boolean,
  measuring: MeasuringPlan,
): Measurement | Refusal {
  const counts = strata.flatMap(({ control, variant }): CountStratum[] =>
    control.counts !== null && variant.counts !== null ? [{ control: control.counts, variant: variant.counts }] : [],
  );
  const areCounts = counts.length === strata.length && counts.length > 0;
  if (areCounts && (areProportions || fewestCounts(counts) < measuring.minimumEvents)) {
    const measured = measureProportion(counts, measuring);
    return isRefusal(measured) || areProportions
      ? measured
      : { ...measured, notes: [...measured.notes, 'independent-requests'] };
  }
  const moments = strata.map(({ control, variant }) => ({ control: control.moments, variant: variant.moments }));
  const weights = strataWeights(
    moments.map(({ control, variant }) => ({ control: control.size, variant: variant.size })),
  );
  if (weights === null) {
    return refuse('no-data');
  }
  const observations = {
    control: strata.reduce((sum, { control }) => sum + control.observations, 0),
    variant: strata.reduce((sum, { variant }) => sum + variant.observations, 0),
  };
  return measureMoments(standardise(moments, weights), observations, measuring);
}

/** The arms' values where a test is refused, e.g. because nothing varies. */
function valuesOf(strata: readonly { control: Arm; variant: Arm }[]): Partial<Comparison> {
  const moments = strata.map(({ control, variant }) => ({ control: control.moments, variant: variant.moments }));
  const weights = strataWeights(
    moments.map(({ control, variant }) => ({ control: control.size, variant: variant.size })),
  );
  if (weights === null) {
    return {};
  }
  const { control, variant } = standardise(moments, weights);
  const isNumber = Number.isFinite(control.mean) && Number.isFinite(variant.mean);
  return isNumber ? { valueControl: control.mean, valueVariant: variant.mean } : {};
}

function notesOn(read: readonly { control: Arm; variant: Arm }[], used: number, plan: ComparisonPlan): ReasonCode[] {
  const arms = read.flatMap(({ control, variant }) => [control, variant]);
  const notes: [boolean, ReasonCode][] = [
    [used > 1, 'stratified'],
    [used < read.length && used > 0, 'one-sided-phase'],
    [arms.some(({ wasRounded }) => wasRounded), 'rounded-counts'],
    [arms.some(({ isApproximate }) => isApproximate), 'variance-from-buckets'],
    [arms.some(({ isImprecise }) => isImprecise), 'precision-low'],
    [plan.unit === 'requests' && plan.randomised, 'independent-requests'],
    [(plan.inflation ?? 1) > 1, 'widened'],
  ];
  return notes.flatMap(([applies, code]) => (applies ? [code] : []));
}
