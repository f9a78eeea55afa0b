/** `experiment`: is B better than A, on which metric, how sure, and is the test itself sound. */
import type { PhaseTraffic } from '../../src/contract/frames';
import { EXPERIMENT_FRAMES } from '../../src/contract/query';
import type { ExperimentQuery } from '../../src/contract/query';
import type { Analysis } from '../experiment/analysis';
import { analyseExperiment } from '../experiment/analysis';
import { randomisedVariants } from '../experiment/checks';
import { phasesOf, sumStatistics } from '../experiment/ledger';
import { worstSegment } from '../experiment/segments';
import type { DataFrame } from '../sdk/frame';
import type { QueryContext } from './context';
import { CHECK_COLUMNS, COMPARISON_COLUMNS, VARIANT_COLUMNS } from './experiment-frames';
import { metaOf, noticesOf } from './experiment-meta';
import { numericFrames } from './experiment-numbers';
import { variantOrigins, variantRows } from './experiment-variants';
import { withOrigins } from './origin';
import { answerReplay } from './replay';
import { tableOf } from './table';

export async function answerExperiment(query: ExperimentQuery, context: QueryContext): Promise<DataFrame[]> {
  const analysis = await analyseExperiment(context.instance, {
    ...query,
    range: context.range,
    now: context.now,
    skipCache: context.skipCache,
    isAlert: context.isAlert,
    needs: { traffic: true, evaluations: !context.isAlert || needsEvaluations(query) },
  });
  switch (query.format) {
    case 'table':
      return tables(analysis, query);
    case 'numeric':
      return numericFrames(analysis, query);
    case 'timeseries':
      return answerReplay(analysis, query);
  }
}

/** An alert reads only the stores its value needs; of the metrics accuracy alone may be offline. */
function needsEvaluations({ value, metric, metrics }: ExperimentQuery): boolean {
  const wanted = metric === undefined ? metrics?.map(({ id }) => id) : [metric];
  return value !== 'srm_p' && value !== 'harm_p' && (!wanted?.length || wanted.includes('accuracy'));
}

function tables(analysis: Analysis, query: ExperimentQuery): DataFrame[] {
  const wanted = new Set(query.frames?.length ? query.frames : EXPERIMENT_FRAMES);
  const { experiment, window } = analysis;
  const rows = [...analysis.comparisons, ...analysis.segments].map((row) => ({
    ...row,
    control: experiment.control,
    windowStart: window.from,
    windowEnd: window.to,
    dimension: row.segment === null ? null : (query.breakdown ?? null),
  }));
  const own = query.breakdown ? { worstSegment: worstSegment(analysis.segments, query.breakdown) } : {};
  const frames = [
    wanted.has('variants') &&
      withOrigins(
        tableOf(
          'variants',
          variantRows(analysis),
          VARIANT_COLUMNS,
          metaOf(analysis, 'variants', { ...own, phaseTraffic: phaseTraffic(analysis) }),
        ),
        variantOrigins(analysis),
      ),
    wanted.has('comparisons') && tableOf('comparisons', rows, COMPARISON_COLUMNS, metaOf(analysis, 'comparisons', own)),
    wanted.has('checks') && tableOf('checks', analysis.checks, CHECK_COLUMNS, metaOf(analysis, 'checks', own)),
  ].filter((frame) => frame !== false);
  const [first, ...others] = frames;
  return first ? [{ ...first, meta: { ...first.meta, notices: noticesOf(analysis) } }, ...others] : [];
}

/** Requests of each phase that had traffic, by variant. */
function phaseTraffic({ experiment, evidence: { ledger } }: Analysis): PhaseTraffic[] {
  if (!ledger) {
    return [];
  }
  const randomised = randomisedVariants(experiment);
  return phasesOf(ledger).map((phase) => ({
    phase,
    requests: Object.fromEntries(
      randomised.map((variant) => [
        variant.name,
        Math.round(sumStatistics(ledger, variant, { phase }).counters.requests ?? 0),
      ]),
    ),
  }));
}
