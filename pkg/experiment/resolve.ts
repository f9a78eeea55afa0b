/** From a query's reference to a settled experiment. */
import type { ExperimentOverlay } from '../../src/contract/experiment';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { CatalogueReader } from './catalogue';
import type { Experiment, KnownExperiment } from './definition';
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
  const own = standAlone(reference);
  if (own) {
    return { experiment: settleExperiment(own), failures: [] };
  }
  const { experiments, failures } = await catalogue.read(skipCache, reference.experiment || undefined);
  const known = overlayDefinition(findAmong(experiments, failures, reference.experiment), reference.definition);
  return { experiment: settleExperiment(known), failures };
}

/** A query that carries control, variants and start needs no store to say what is tested, and none may change it. */
function standAlone({ experiment, definition }: ExperimentReference): KnownExperiment | null {
  const isComplete = definition?.control !== undefined && definition.start !== undefined && definition.variants?.length;
  if (!experiment || !isComplete) {
    return null;
  }
  return { definition: experimentDefinitionSchema.parse({ ...definition, id: experiment }), origin: 'query', seen: {} };
}

/**
 * An experiment that only a store knows is not unknown while that store is away.
 * @throws FailureError of the first store that could not be asked, or that the experiment is unknown
 */
export function findAmong(
  experiments: readonly KnownExperiment[],
  failures: readonly Failure[],
  reference: string,
): KnownExperiment {
  try {
    return findExperiment(reference, experiments);
  } catch (error) {
    const [failure] = failures;
    if (failure?.source && error instanceof FailureError) {
      throw new FailureError({ ...failure, message: `${error.failure.message} ${failure.message}` }, { cause: error });
    }
    throw error;
  }
}
