/** What a rollout was worth at every moment of a test, had one asked then (design §6, `impact` as a time series). */
import { estimateFigures } from '../../src/calc/impact/estimate-impact';
import type { ImpactFigures } from '../../src/calc/impact/impact';
import { isImpactRefusal } from '../../src/calc/impact/refusal';
import type { BusinessParameters } from '../../src/contract/business';
import type { Analysis } from './analysis';
import { settleFamily } from './analysis';
import type { ArmReader, ComparedRow } from './compare';
import { compareVariant } from './compare';
import { covariancesOf } from './covariances';
import type { Variant } from './definition';
import type { Evidence } from './evidence';
import type { Ledger } from './ledger';
import type { Metric } from './metrics';
import { planAt, replayLedger } from './replay';
import { addStatistics, NO_STATISTICS } from './statistics';
import type { Findings } from './worth';
import { impactInput, MONEY_METRIC_IDS } from './worth';

export interface WorthPoint {
  /** Epoch ms: everything from the start up to here is in. */
  at: number;
  /** Null where the test up to then gives none, e.g. before the first request, or of less than a day. */
  figures: ImpactFigures | null;
}

/** Each moment of money costs as much as ten of a comparison, and a year's worth moves slowly. */
const WANTED_POINTS = 60;
/** A year is not read off fewer days than this; the newest figures are the table's, and so always given. */
const FEWEST_DAYS = 1;

/**
 * Cumulative figures of a treatment, oldest first; the last are the table's. Decisions, days and figures are those of the
 * moment; checks and parameters are today's, and so is an accuracy that was measured on a test set.
 */
export function replayWorth(
  analysis: Analysis,
  ledger: Ledger,
  treatment: Variant,
  parameters: BusinessParameters,
): WorthPoint[] {
  const { experiment, window } = analysis;
  const rowsOf = rowsAtMoment(analysis, treatment);
  return Array.from(replayLedger(experiment, ledger, window, true, WANTED_POINTS), ({ at, armOf }): WorthPoint => {
    const findings: Findings = {
      rows: rowsOf(at, armOf),
      days: (at - window.from) / 86_400_000,
      requestsOf: (arm) => requestsOf(arm, armOf, Math.max(experiment.phases.length, 1)),
      covariances: covariancesOf(experiment, treatment, ledger, analysis.plan, at),
    };
    if (findings.days < FEWEST_DAYS && at < window.to) {
      return { at, figures: null };
    }
    const figures = estimateFigures(impactInput(analysis, treatment, parameters, findings));
    return { at, figures: isImpactRefusal(figures) ? null : figures };
  });
}

/** The treatment's rows at a moment: of the metrics that earn money, and of the goals of all, which are one family. */
function rowsAtMoment(analysis: Analysis, treatment: Variant): (at: number, armOf: ArmReader) => ComparedRow[] {
  const { experiment, window, plan } = analysis;
  const rows = [...analysis.comparisons, ...analysis.unshown];
  const moneyIds = Object.values(MONEY_METRIC_IDS);
  const wanted = rows.filter(
    ({ metric, variant }) =>
      metric.role === 'goal' || (variant === treatment.name && moneyIds.some((id) => id === metric.id)),
  );
  const evidence = evidenceAtMoments(analysis);
  return (at, armOf) => {
    const then = planAt(plan, window, at);
    const compared = wanted.flatMap(({ metric, variant: name }: { metric: Metric; variant: string }) => {
      const variant = experiment.variants.find((one) => one.name === name);
      return variant ? [compareVariant(experiment, metric, variant, evidence, then, armOf)] : [];
    });
    return settleFamily(compared, 'holm', experiment.alpha).filter(({ variant }) => variant === treatment.name);
  };
}

/** An accuracy counted in the test is not replaced by a test set's for the moments before its first label. */
function evidenceAtMoments({ evidence, comparisons, unshown }: Analysis): Evidence {
  const isOffline = [...comparisons, ...unshown].some(({ source }) => source === 'mlflow');
  return isOffline ? evidence : { ...evidence, evaluations: null };
}

function requestsOf(arm: Variant, armOf: ArmReader, phases: number): number | null {
  let sum = NO_STATISTICS;
  for (let phase = 0; phase < phases; phase++) {
    sum = addStatistics(sum, armOf(arm, phase));
  }
  return sum.counters.requests;
}
