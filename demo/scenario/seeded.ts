/** What an experiment of the demo is: how its variants really behave, and what its owner wrote down. */
import type { ExperimentDefinitionInput, Role } from '../../src/contract/experiment';

/** How a variant really behaves; unknown to the product, which must find it out. */
export interface Truth {
  /** Probability of a right prediction, by region. */
  accuracy: Record<string, number>;
  /** Probability of a failed request. */
  errorRate: number;
  /** Response time: lognormal with this median and this sd of the logarithm. */
  latency: { medianMs: number; sigma: number };
  /** Revenue per request: with probability `conversion` a lognormal basket with this mean, else nothing. */
  revenue: { conversion: number; basket: number };
  /** Scores the model gives are normal around this, cut to 0…1. */
  prediction: { mean: number; sd: number };
}

export interface ServedVersion {
  version: string;
  /** Epoch ms from which this version answers. */
  from: number;
}

/** A while in which a variant behaves otherwise than it usually does. */
export interface Episode {
  /** Epoch ms; the end is not part of it. */
  from: number;
  to: number;
  truth: Partial<Truth>;
  /** Instead of the variant's own share. */
  lost?: number;
}

export interface SeededVariant {
  name: string;
  role: Role;
  /** Its name in Prometheus, where model names carry a suffix. */
  modelName: string;
  truth: Truth;
  versions: ServedVersion[];
  /** Share of its requests that are lost before anything counts them. */
  lost: number;
  episodes?: Episode[];
}

/** A period with one real split; shares of the randomised variants sum to 1. */
export interface SeededPhase {
  from: number;
  shares: Record<string, number>;
}

export interface SeededExperiment {
  id: string;
  name: string;
  owner: string;
  /** Name in MLflow's registry. */
  registeredModel: string;
  problemType: string;
  requestsPerDay: number;
  /** Share of requests by region; sums to 1. */
  regions: Record<string, number>;
  /** Servers that answer; each is one scrape target. */
  instances: string[];
  variants: SeededVariant[];
  /** Epoch ms of the first request; before the start of the test when control alone was served. */
  firstRequest: number;
  start: number;
  /** What really happens, in order; differs from `definition` where a flaw is seeded. */
  phases: SeededPhase[];
  /** Share of requests whose true outcome becomes known. */
  labelCoverage: number;
  /** Share of requests also sent to shadow variants, whose answers nobody sees. */
  mirrored: number;
  /** Epoch ms from which the inputs drift, or null. */
  driftFrom: number | null;
  /** Epoch ms at which the inputs are again as they were; absent: they stay away. */
  driftUntil?: number;
  /** What its owner wrote down. */
  definition: ExperimentDefinitionInput;
}

export interface Scenario {
  seed: number;
  /** Epoch ms the scenario was laid out for. */
  now: number;
  experiments: SeededExperiment[];
}

/** @throws Error naming what is not in the scenario: a mistake in a test or in the scenario itself. */
export function findSeeded(scenario: Scenario, experiment: string): SeededExperiment {
  const found = scenario.experiments.find(({ id }) => id === experiment);
  if (found === undefined) throw new Error(`The scenario has no experiment “${experiment}”.`);
  return found;
}

export function findVariant(experiment: SeededExperiment, variant: string): SeededVariant {
  const found = experiment.variants.find(({ name }) => name === variant);
  if (found === undefined) throw new Error(`“${experiment.id}” has no variant “${variant}”.`);
  return found;
}

/** The real split at an instant. */
export function phaseAt(experiment: SeededExperiment, instant: number): SeededPhase {
  const phase = experiment.phases.findLast(({ from }) => from <= instant) ?? experiment.phases[0];
  if (phase === undefined) throw new Error(`“${experiment.id}” has no phase.`);
  return phase;
}

/** The episode a variant is in at an instant. */
export function episodeAt({ episodes }: SeededVariant, instant: number): Episode | undefined {
  return episodes?.find(({ from, to }) => from <= instant && instant < to);
}

/** The version of a variant that answers at an instant. */
export function versionAt(variant: SeededVariant, instant: number): string {
  return variant.versions.findLast(({ from }) => from <= instant)?.version ?? '1';
}
