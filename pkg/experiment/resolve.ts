/** From a query's reference to a settled experiment. */
import type { ExperimentOverlay } from '../../src/contract/experiment';
import type { Failure } from '../../src/contract/failure';
import type { CatalogueReader } from './catalogue';
import type { Experiment } from './definition';
import { findExperiment, overlayDefinition, settleExperiment } from './definition';

export interface ExperimentReference {
  experiment: string;
  definition?: ExperimentOverlay;
}

/**
 * @returns the experiment, and what failed on the way without keeping it from being found
 * @throws FailureError when it is unknown, ambiguous, or has no control
 */
export async function resolveExperiment(
  catalogue: CatalogueReader,
  reference: ExperimentReference,
  skipCache: boolean,
): Promise<{ experiment: Experiment; failures: Failure[] }> {
  const { experiments, failures } = await catalogue.read(skipCache, reference.experiment || undefined);
  const known = overlayDefinition(findExperiment(reference.experiment, experiments), reference.definition);
  return { experiment: settleExperiment(known), failures };
}
