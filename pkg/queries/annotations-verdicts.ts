/** Marks of verdicts: where the replay of a test changed its mind. */
import type { Verdict } from '../../src/calc/verdict';
import type { AnnotationsQuery } from '../../src/contract/query';
import { FailureError } from '../../src/contract/failure';
import { analyseExperiment, type Analysis } from '../experiment/analysis';
import type { Metric } from '../experiment/metrics';
import { replayComparison, type ReplayPoint } from '../experiment/replay';
import { escapeHtml } from './annotation-html';
import type { Mark, Marks } from './annotation-mark';
import type { QueryContext } from './context';
import { replayedMetrics } from './replay';

const VERDICT_WORDS: Record<Verdict, string> = {
  winner: 'wins',
  loser: 'loses',
  inconclusive: 'is undecided',
  'not-enough-data': 'has not enough data',
  invalid: 'cannot be judged',
};

/** Verdicts count from the start of the test, whatever the dashboard shows. @throws FailureError */
export async function verdictMarks(query: AnnotationsQuery, context: QueryContext): Promise<Marks> {
  const analysis = await analyseExperiment(context.instance, {
    experiment: query.experiment,
    definition: query.definition,
    window: 'experiment',
    method: 'sequential',
    correction: 'holm',
    range: context.range,
    now: context.now,
    skipCache: context.skipCache,
    isAlert: context.isAlert,
    needs: { traffic: true, evaluations: false },
  });
  const { ledger, readings } = analysis.evidence;
  const [failure] = analysis.failures;
  if (!ledger && failure) {
    throw new FailureError(failure);
  }
  const marks = analysis.window.anchored
    ? replayedMetrics(analysis, query.metric).flatMap((metric) => changesOf(analysis, metric))
    : [];
  return { marks, readings, failures: analysis.failures, warnings: [], executed: ledger?.executed ?? [] };
}

function changesOf(analysis: Analysis, metric: Metric): Mark[] {
  const { experiment, window, plan, comparisons } = analysis;
  const { ledger } = analysis.evidence;
  const compared = new Set(comparisons.map(({ variant }) => variant));
  return experiment.variants
    .filter(({ name }) => ledger && compared.has(name))
    .flatMap((variant) => {
      const points = ledger ? replayComparison(experiment, metric, variant, ledger, window, plan) : [];
      return points.flatMap((point, index): Mark[] => {
        const before = points[index - 1];
        return before && before.comparison.verdict !== point.comparison.verdict
          ? [markOf(analysis, metric, variant.name, before, point)]
          : [];
      });
    });
}

function markOf(
  { experiment }: Analysis,
  metric: Metric,
  variant: string,
  before: ReplayPoint,
  { at, comparison }: ReplayPoint,
): Mark {
  const [reason] = comparison.reasons;
  return {
    id: ['verdicts', experiment.id, metric.id, variant, at].join(':'),
    kind: 'verdicts',
    at,
    until: null,
    title: `${variant} ${VERDICT_WORDS[comparison.verdict]} on ${metric.label}`,
    text: escapeHtml(`Before: ${VERDICT_WORDS[before.comparison.verdict]}.${reason ? ` Now: ${reason.words}.` : ''}`),
    variant,
    tags: ['verdict', comparison.verdict, experiment.id, variant, metric.id],
  };
}
