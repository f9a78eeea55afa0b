/** Every experiment the data source knows of, from the settings, MLflow's tags and what the stores show (design §5). */
import type { SourceName } from '../../src/calc/provenance';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import type { ExperimentDefinition } from '../../src/contract/experiment';
import type { Failure } from '../../src/contract/failure';
import type { DiscoveredExperiment } from '../sources/capabilities/discovery';
import type { Source } from '../sources/source';
import { Coalescer } from './coalesce';
import type { KnownExperiment } from './definition';
import { experimentAlias } from './definition';
import { failureOf } from '../sources/thrown';
import { readDefinitionTags } from './tags';

export interface Catalogue {
  experiments: KnownExperiment[];
  /** Stores that could not be asked, and tags that could not be read. */
  failures: Failure[];
  /** What such a store named earlier is among the experiments. */
  isKept: boolean;
}

/** Definitions change rarely; discovering them must not cost every refresh. */
const DISCOVERY_TTL_MS = 30_000;
const DISCOVERY_LIMIT_MS = 20_000;

export class CatalogueReader {
  readonly #found: Coalescer<DiscoveredExperiment[]>;
  /** What each store named when it was last there: an experiment does not end because its store is away. */
  readonly #lastFound: Partial<Record<SourceName, DiscoveredExperiment[]>> = {};
  /** The settings' own experiments as they stand, without what the stores show of them. */
  readonly #defined: readonly KnownExperiment[];

  constructor(
    private readonly sources: Partial<Record<SourceName, Source>>,
    private readonly configured: readonly ExperimentDefinition[],
    clock: () => number,
  ) {
    this.#found = new Coalescer(8, clock);
    this.#defined = configured.map(fromSettings);
  }

  /** @param only ask no store when the settings already define this experiment, so that a store being down never changes what is tested */
  async read(skipCache = false, only?: string): Promise<Catalogue> {
    if (only !== undefined && this.configured.some(({ id, name }) => id === only || name === only)) {
      return { experiments: [...this.#defined], failures: [], isKept: false };
    }
    const failures: Failure[] = [];
    const found: Partial<Record<SourceName, DiscoveredExperiment[]>> = {};
    let isKept = false;
    await Promise.all(
      Object.values(this.sources).map(async (source) => {
        if (!source.experiments) {
          return;
        }
        const discover = source.experiments.bind(source);
        try {
          const { value } = await this.#found.fetch(
            source.name,
            DISCOVERY_TTL_MS,
            () => discover(AbortSignal.timeout(DISCOVERY_LIMIT_MS)),
            skipCache,
          );
          found[source.name] = value;
          this.#lastFound[source.name] = value;
        } catch (error) {
          const kept = this.#lastFound[source.name];
          found[source.name] = kept;
          isKept ||= kept !== undefined && kept.length > 0;
          failures.push(failureOf(error, source.name));
        }
      }),
    );
    return { experiments: merge(this.configured, found, failures), failures, isKept };
  }
}

const fromSettings = (definition: ExperimentDefinition): KnownExperiment => ({
  definition,
  origin: 'settings',
  seen: {},
});

/** First found wins: settings, then MLflow's tags, then what a store shows under a name nothing else claims. */
function merge(
  configured: readonly ExperimentDefinition[],
  found: Partial<Record<SourceName, DiscoveredExperiment[]>>,
  failures: Failure[],
): KnownExperiment[] {
  const known = configured.map(fromSettings);
  const isClaimed = (source: SourceName, name: string) =>
    known.some(({ definition }) => definition.id === name || experimentAlias(definition, source) === name);

  for (const experiment of found.mlflow ?? []) {
    if (Object.keys(experiment.tags).length === 0 || isClaimed('mlflow', experiment.id)) {
      continue;
    }
    const read = readDefinitionTags(experiment);
    failures.push(...read.failures);
    for (const definition of read.definitions) {
      if (!known.some((other) => other.definition.id === definition.id)) {
        known.push({ definition, origin: 'mlflow', seen: { mlflow: experiment.variants } });
      }
    }
  }

  for (const source of ['mlflow', 'prometheus', 'influx'] as const) {
    for (const experiment of found[source] ?? []) {
      const already = known.find(({ definition }) => experimentAlias(definition, source) === experiment.id);
      if (already) {
        already.seen[source] = experiment.variants;
      } else if (experiment.variants.length > 0) {
        known.push({
          definition: experimentDefinitionSchema.parse({ id: experiment.id }),
          origin: 'discovered',
          seen: { [source]: experiment.variants },
        });
      }
    }
  }
  return known;
}
