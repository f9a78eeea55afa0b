/** `impact`: what the difference between variants is worth at full rollout, how sure, and what to do about it. */
import { isImpactRefusal } from '../../src/calc/impact/refusal';
import type { ImpactRefusal } from '../../src/calc/impact/refusal';
import { recommend } from '../../src/calc/impact/recommendations';
import { DATA_SOURCE_WORDS } from '../../src/calc/provenance';
import type { BusinessParameters } from '../../src/contract/business';
import { FailureError } from '../../src/contract/failure';
import type { ImpactQuery } from '../../src/contract/query';
import type { Analysis } from '../experiment/analysis';
import { analyseExperiment } from '../experiment/analysis';
import type { Variant } from '../experiment/definition';
import { parametersOf, treatmentsOf, valueVariant } from '../experiment/worth';
import type { DataFrame, Notice } from '../sdk/frame';
import type { QueryContext } from './context';
import { metaOf, noticesOf } from './experiment-meta';
import { impactColumns, numberColumns, RECOMMENDATION_COLUMNS } from './impact-frames';
import { impactOrigins } from './impact-origins';
import { answerImpactReplay } from './impact-replay';
import { withOrigins } from './origin';
import { numericFrame, tableOf } from './table';

/** @throws FailureError when there is nothing to value, or a parameter or measurement cannot be right */
export async function answerImpact(query: ImpactQuery, context: QueryContext): Promise<DataFrame[]> {
  const analysis = await analyseExperiment(context.instance, {
    experiment: query.experiment,
    definition: query.definition,
    window: 'experiment',
    method: 'sequential',
    correction: 'holm',
    breakdown: query.format === 'table' ? query.breakdown : undefined,
    range: context.range,
    now: context.now,
    skipCache: context.skipCache,
    isAlert: context.isAlert,
  });
  const [lost] = context.isAlert && analysis.provenance.level === 'no-data' ? analysis.failures : [];
  const treatments = treatmentsAsked(analysis, query.variant);
  if (lost) {
    throw new FailureError(lost);
  }
  const parameters = parametersOf(context.instance.settings, analysis, query.business);
  switch (query.format) {
    case 'table':
      return tables(analysis, query.variant, parameters);
    case 'numeric':
      return numbers(analysis, treatments, parameters, query);
    case 'timeseries':
      return answerImpactReplay(analysis, treatments, parameters, query.value);
  }
}

/** @throws FailureError naming the treatments there are */
function treatmentsAsked(analysis: Analysis, asked: string | undefined): Variant[] {
  const all = treatmentsOf(analysis);
  const treatments = asked ? all.filter(({ name }) => name === asked) : all;
  if (treatments.length > 0) {
    return treatments;
  }
  const { id } = analysis.experiment;
  throw new FailureError({
    class: 'query',
    field: 'variant',
    message: asked ? `Variant “${asked}” is not a treatment of “${id}”.` : `“${id}” has no treatment to value.`,
    fix: all.length
      ? `Choose one of: ${all.map(({ name }) => name).join(', ')}.`
      : 'Add a variant with role treatment to the definition.',
  });
}

function tables(analysis: Analysis, asked: string | undefined, parameters: BusinessParameters): DataFrame[] {
  const { experiment, provenance } = analysis;
  const worth = valueVariant(analysis, parameters, asked || undefined);
  if (!worth) {
    throw new FailureError({
      class: 'query',
      field: 'variant',
      message: `No treatment of “${experiment.id}” is ahead of the others: nothing is measured yet.`,
      fix: 'Name the variant to value, or wait for data.',
    });
  }
  const { variant, input, impact } = worth;
  if (isImpactRefusal(impact)) {
    throw refusalError(impact);
  }
  const detail = { variant, control: experiment.control, input, impact };
  const notices: Notice[] = [
    ...noticesOf(analysis),
    ...impact.warnings.map(({ message }) => ({ severity: 'warning' as const, text: message })),
  ];
  const columns = impactColumns(impact.currency, DATA_SOURCE_WORDS[provenance.level]);
  return [
    withOrigins(
      tableOf('impact', [impact], columns, { ...metaOf(analysis, 'impact', { impact: detail }), notices }),
      impactOrigins(analysis, variant, parameters),
    ),
    tableOf('recommendations', recommend(detail), RECOMMENDATION_COLUMNS, metaOf(analysis, 'recommendations')),
  ];
}

/**
 * One number a treatment, under labels that never change, whoever is ahead.
 * @throws FailureError when a source failed and no number is left, so that the rule errs instead of staying silent
 */
function numbers(
  analysis: Analysis,
  treatments: readonly Variant[],
  parameters: BusinessParameters,
  { value = 'p_roi_positive' }: ImpactQuery,
): DataFrame[] {
  const { experiment, failures } = analysis;
  const column = numberColumns(parameters.currency).find(({ name }) => name === value);
  const notices = noticesOf(analysis);
  const known = new Set<string>();
  const frames = treatments.map(({ name: variant }) => {
    const impact = valueVariant(analysis, parameters, variant)?.impact;
    if (impact && isImpactRefusal(impact)) {
      throw refusalError(impact);
    }
    const isUsable = impact !== undefined && impact.state !== 'simulated' && impact.state !== 'missing';
    if (isUsable) {
      known.add(variant);
    }
    const number = isUsable && column ? column.of(impact) : null;
    return numericFrame(value, { experiment: experiment.id, variant }, number, { notices });
  });
  const [failure] = failures;
  if (known.size === 0 && failure) {
    throw new FailureError(failure);
  }
  return frames;
}

/** Parameters are called `business` where a user sets them. */
function refusalError({ field, message, fix }: ImpactRefusal): FailureError {
  return new FailureError({ class: 'config', field: field.replace(/^parameters\./, 'business.'), message, fix });
}
