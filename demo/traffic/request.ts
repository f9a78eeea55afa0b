/** One request: where it comes from, who answers, and how that goes. The live service and the history draw from the same. */
import { randomLogNormal, randomNormal } from 'd3-random';
import type { Episode, SeededExperiment, SeededVariant, Truth } from '../scenario';
import { episodeAt, phaseAt } from '../scenario';
import type { Random } from './random';

export interface RoutedRequest {
  variant: SeededVariant;
  region: string;
  instance: string;
}

export interface Outcome {
  isError: boolean;
  latencyMs: number;
  /** The model's score, 0…1. */
  prediction: number;
  /** Whether the prediction was right; null when its label never arrives. Failed requests have none. */
  isCorrect: boolean | null;
  revenue: number;
}

/** Sd of the logarithm of a basket. */
const BASKET_SIGMA = 0.5;

function pick<T>(choices: Iterable<readonly [T, number]>, random: Random): T | undefined {
  let left = random();
  let last: T | undefined;
  for (const [choice, share] of choices) {
    if (share <= 0) continue;
    last = choice;
    left -= share;
    if (left < 0) return choice;
  }
  return last;
}

/** Sends one request to a variant by the split of the moment. Empty when it is lost on the way; two where it is mirrored to a shadow. */
export function routeRequest(experiment: SeededExperiment, instant: number, random: Random): RoutedRequest[] {
  const { shares } = phaseAt(experiment, instant);
  const region = pick(Object.entries(experiment.regions), random);
  const instance = experiment.instances[Math.floor(random() * experiment.instances.length)];
  const variant = pick(
    experiment.variants.map((candidate) => [candidate, shares[candidate.name] ?? 0] as const),
    random,
  );
  if (region === undefined || instance === undefined || variant === undefined) return [];
  const routed = random() < (episodeAt(variant, instant)?.lost ?? variant.lost) ? [] : [{ variant, region, instance }];
  if (experiment.mirrored > 0 && random() < experiment.mirrored) {
    for (const shadow of experiment.variants) {
      if (shadow.role === 'shadow') routed.push({ variant: shadow, region, instance });
    }
  }
  return routed;
}

type Sampler = (request: RoutedRequest, instant: number) => Outcome;

/** Draws what one truth leaves to chance. */
interface TruthSampler {
  truth: Truth;
  latency: () => number;
  basket: () => number;
  prediction: () => number;
}

function samplerOf(truth: Truth, random: Random): TruthSampler {
  const { medianMs, sigma } = truth.latency;
  return {
    truth,
    latency: randomLogNormal.source(random)(Math.log(medianMs), sigma),
    basket: randomLogNormal.source(random)(Math.log(truth.revenue.basket) - BASKET_SIGMA ** 2 / 2, BASKET_SIGMA),
    prediction: randomNormal.source(random)(truth.prediction.mean, truth.prediction.sd),
  };
}

/** How requests to the variants of an experiment turn out, by each variant's truth at the moment. */
export function outcomeSampler(experiment: SeededExperiment, random: Random): Sampler {
  const samplers = new Map<SeededVariant | Episode, TruthSampler>();
  for (const variant of experiment.variants) {
    samplers.set(variant, samplerOf(variant.truth, random));
    for (const episode of variant.episodes ?? []) {
      samplers.set(episode, samplerOf({ ...variant.truth, ...episode.truth }, random));
    }
  }
  return ({ variant, region }, instant) => {
    const sampler = samplers.get(episodeAt(variant, instant) ?? variant);
    if (sampler === undefined) throw new Error(`“${experiment.id}” has no variant “${variant.name}”.`);
    const { truth } = sampler;
    const isError = random() < truth.errorRate;
    const isLabelled = !isError && random() < experiment.labelCoverage;
    return {
      isError,
      latencyMs: sampler.latency(),
      prediction: Math.min(1, Math.max(0, sampler.prediction())),
      isCorrect: isLabelled ? random() < (truth.accuracy[region] ?? 0) : null,
      revenue: !isError && random() < truth.revenue.conversion ? sampler.basket() : 0,
    };
  };
}
