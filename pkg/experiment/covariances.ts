/** How a test's metrics vary together over its time buckets: what the interval of their summed money needs to know. */
import type { RatioSeries } from '../../src/calc/impact/covariance';
import { covarianceOfRatios } from '../../src/calc/impact/covariance';
import type { Covariances, MoneyMetric } from '../../src/calc/impact/difference';
import { strataWeights } from '../../src/calc/stats/strata';
import type { ComparePlan } from './compare';
import { controlOf } from './compare';
import type { Experiment, Variant } from './definition';
import { variantAlias } from './definition';
import type { Ledger } from './ledger';
import { phasesOf } from './ledger';
import type { RatioMetric } from './statistics';
import { RATIO_METRICS } from './statistics';

const RATIOS: Readonly<Record<MoneyMetric, RatioMetric>> = {
  accuracy: 'accuracy',
  latency: 'latency_mean_ms',
  errors: 'error_rate',
};

/** Both arms of one phase; null where a store does not count what the ratio needs. */
interface PhaseSeries {
  control: RatioSeries | null;
  variant: RatioSeries | null;
}

/**
 * Covariances of the differences to the control, in the metrics' own units. Only time buckets show them: of single
 * requests the stores keep no joint counts, and then there is nothing to give.
 * @param until epoch ms; buckets that start later do not count
 */
export function covariancesOf(
  experiment: Experiment,
  variant: Variant,
  ledger: Ledger,
  { unit, inflation = 1 }: Pick<ComparePlan, 'unit' | 'inflation'>,
  until = Infinity,
): Covariances | undefined {
  const control = controlOf(experiment);
  if (unit !== 'time-buckets' || control === undefined) {
    return undefined;
  }
  const phases = phasesOf(ledger);
  const seriesOf = (metric: MoneyMetric) =>
    phases.map((phase): PhaseSeries => ({
      control: bucketsOf(ledger, control, phase, RATIOS[metric], until),
      variant: bucketsOf(ledger, variant, phase, RATIOS[metric], until),
    }));
  const [accuracy, latency, errors] = [seriesOf('accuracy'), seriesOf('latency'), seriesOf('errors')];
  const widened = (covariance: number) => covariance * inflation ** 2;
  return {
    accuracyLatency: widened(covarianceOfDifferences(accuracy, latency)),
    accuracyErrors: widened(covarianceOfDifferences(accuracy, errors)),
    latencyErrors: widened(covarianceOfDifferences(latency, errors)),
  };
}

/** The arms are independent, so their covariances add up; phases weigh as they do in each difference (`stats/strata`). */
function covarianceOfDifferences(first: readonly PhaseSeries[], second: readonly PhaseSeries[]): number {
  const weights = { first: weightsOf(first), second: weightsOf(second) };
  return first.reduce((sum, one, phase) => {
    const other = second[phase];
    const shared = covarianceOfArms(one.control, other?.control) + covarianceOfArms(one.variant, other?.variant);
    return sum + (weights.first[phase] ?? 0) * (weights.second[phase] ?? 0) * shared;
  }, 0);
}

const covarianceOfArms = (first: RatioSeries | null, second: RatioSeries | null | undefined): number =>
  first && second ? covarianceOfRatios(first, second) : 0;

function weightsOf(phases: readonly PhaseSeries[]): number[] {
  const size = (series: RatioSeries | null) =>
    series ? Array.from(series.denominator).reduce((sum, count) => sum + count, 0) : 0;
  return strataWeights(phases.map((arms) => ({ control: size(arms.control), variant: size(arms.variant) }))) ?? [];
}

function bucketsOf(ledger: Ledger, arm: Variant, phase: number, ratio: RatioMetric, until: number): RatioSeries | null {
  const alias = variantAlias(arm, ledger.source);
  const { numerator, denominator } = RATIO_METRICS[ratio];
  const found = { numerator: new Array<number>(), denominator: new Array<number>() };
  for (const chunk of ledger.chunks) {
    for (const { variant, series } of chunk.phase === phase ? chunk.traffic.variants : []) {
      const [m, d] = [series?.[numerator], series?.[denominator]];
      if (variant !== alias || !series || !m || !d) {
        continue;
      }
      for (let bucket = 0; bucket < series.times.length && (series.times[bucket] ?? 0) < until; bucket++) {
        found.numerator.push(m[bucket] ?? 0);
        found.denominator.push(d[bucket] ?? 0);
      }
    }
  }
  return found.denominator.length > 0 ? found : null;
}
