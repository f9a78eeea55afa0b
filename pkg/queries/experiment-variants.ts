/** The rows of `variants`: what each variant served, put together from the stores that hold parts of it. */
import { histogramQuantile } from '../../src/calc/stats/histogram';
import type { FieldProvenance } from '../../src/contract/frames';
import type { Analysis } from '../experiment/analysis';
import { randomisedVariants } from '../experiment/checks';
import { evaluationOf, statisticOf } from '../experiment/compare';
import { sumStatistics } from '../experiment/ledger';
import type { VariantRow } from './experiment-frames';
import { offlineOrigin, originOfRow, sourceOfTraffic, trafficOrigin } from './origin';

/** A variant's row is put together from two stores, and its state is that of its traffic: the fields tell them apart. */
export function variantOrigins(analysis: Analysis): Record<string, FieldProvenance> {
  const { evidence, comparisons, unshown } = analysis;
  const traffic = trafficOrigin(evidence);
  const offline = offlineOrigin(evidence);
  const accuracy = [...comparisons, ...unshown].find(
    ({ metric, segment }) => metric.id === 'accuracy' && segment === null,
  );
  return {
    requests: traffic,
    traffic_share: traffic,
    error_rate: traffic,
    latency_mean_ms: traffic,
    latency_p95_ms: traffic,
    accuracy: originOfRow(accuracy, analysis),
    precision: offline,
    recall: offline,
    runs: offline,
  };
}

/** Variants as the experiment defines them, then names seen in the traffic that no variant maps to. */
export function variantRows(analysis: Analysis): VariantRow[] {
  const { experiment, evidence, metrics } = analysis;
  const { ledger } = evidence;
  const arms = experiment.variants.map((variant) => ({ variant, arm: ledger && sumStatistics(ledger, variant) }));
  const randomised = new Set(randomisedVariants(experiment).map(({ name }) => name));
  const total = arms.reduce(
    (sum, { variant, arm }) => sum + (randomised.has(variant.name) ? (arm?.counters.requests ?? 0) : 0),
    0,
  );
  const expected = expectedShares(analysis, total);
  const rate = (x: number | null | undefined, n: number | null | undefined) =>
    x === null || x === undefined || !n ? null : x / n;
  const mapped = arms.map(({ variant, arm }): VariantRow => {
    const counters = arm?.counters;
    const evaluation = evaluationOf(evidence, variant);
    const p95 = arm?.histogram?.length ? histogramQuantile(0.95, arm.histogram) : null;
    const accuracyMetric = metrics.find(({ id }) => id === 'accuracy');
    const online = arm && accuracyMetric && statisticOf(accuracyMetric, arm, 'requests');
    const requests = counters?.requests ?? null;
    const hasTraffic = requests !== null;
    return {
      variant: variant.name,
      role: variant.role,
      requests: requests === null ? null : Math.round(requests),
      trafficShare: randomised.has(variant.name) && total > 0 ? (requests ?? 0) / total : null,
      expectedShare: expected.get(variant.name) ?? null,
      errorRate: rate(counters?.errors, requests),
      latencyMeanMs: rate(counters?.latencySumMs, counters?.latencyCount),
      latencyP95Ms: p95 !== null && Number.isFinite(p95.value) ? p95.value : null,
      accuracy: online?.kind === 'proportion' ? online.x / online.n : (evaluation?.accuracy ?? null),
      precision: evaluation?.precision ?? null,
      recall: evaluation?.recall ?? null,
      runs: evaluation?.runs ?? null,
      source: hasTraffic ? sourceOfTraffic(evidence) : evaluation ? 'mlflow' : null,
      state: hasTraffic ? evidence.ledgerState : evaluation ? evidence.evaluationsState : 'missing',
    };
  });
  return [...mapped, ...unmappedRows(analysis)];
}

/** A name no variant maps to is listed, never dropped. */
function unmappedRows({ evidence }: Analysis): VariantRow[] {
  const { ledger, ledgerState } = evidence;
  return (ledger?.unmapped ?? []).map((name) => {
    const { counters } = ledger ? sumStatistics(ledger, { name, role: 'treatment', alias: {} }) : { counters: null };
    return {
      variant: name, role: 'treatment', requests: counters?.requests == null ? null : Math.round(counters.requests), trafficShare: null,
      expectedShare: null, errorRate: null, latencyMeanMs: null, latencyP95Ms: null, accuracy: null, precision: null,
      recall: null, runs: null, source: sourceOfTraffic(evidence), state: ledgerState,
    }; // prettier-ignore
  });
}

/** The share each variant should have over the whole window: each phase's split, weighted by that phase's traffic. */
function expectedShares({ experiment, evidence: { ledger } }: Analysis, total: number): Map<string, number> {
  const randomised = randomisedVariants(experiment);
  if (!ledger || total <= 0) {
    const [phase] = experiment.phases.slice(-1);
    return new Map(Object.entries(phase?.split ?? {}));
  }
  const shares = new Map<string, number>();
  experiment.phases.forEach(({ split }, phase) => {
    const inPhase = randomised.reduce(
      (sum, variant) => sum + (sumStatistics(ledger, variant, { phase }).counters.requests ?? 0),
      0,
    );
    for (const { name } of randomised) {
      shares.set(name, (shares.get(name) ?? 0) + ((split[name] ?? 0) * inPhase) / total);
    }
  });
  return shares;
}
