/**
 * The seeded truth of the demo: what its experiments are, what really happens in them, and where the two differ on
 * purpose. The traffic is drawn from it; tests compare answers with it.
 */
import type { ExperimentDefinitionInput, Role } from '../src/contract/experiment';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The 95 % point of the standard normal distribution, for the quantile of a lognormal one. */
const Z95 = 1.6448536269514722;

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

export interface SeededVariant {
  name: string;
  role: Role;
  /** Its name in Prometheus, where model names carry a suffix. */
  modelName: string;
  truth: Truth;
  versions: ServedVersion[];
  /** Share of its requests that are lost before anything counts them. */
  lost: number;
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
  /** What its owner wrote down. */
  definition: ExperimentDefinitionInput;
}

export interface Scenario {
  seed: number;
  /** Epoch ms the scenario was laid out for. */
  now: number;
  experiments: SeededExperiment[];
}

/**
 * Chosen among sixty: started at noon of any weekday, the main test's accuracy and error-rate differences lie within 1.3
 * standard errors of the truth. Any seed is right on average, but one start in twenty misses its 95 % interval.
 */
export const DEMO_SEED = 20_240_913;

const alignDown = (instant: number, step: number): number => Math.floor(instant / step) * step;
const iso = (instant: number): string => new Date(instant).toISOString();

/**
 * `checkout-ranking`, the main one: `enhanced` is truly better on accuracy, worse on region EU, slower within its margin.
 * Two declared phases, 90/10 and then 70/30; two days of control alone before the start, for A/A calibration.
 */
function checkoutRanking(now: number): SeededExperiment {
  const start = alignDown(now, DAY) - 15 * DAY;
  const widened = start + 3 * DAY;
  return {
    id: 'checkout-ranking',
    name: 'Checkout recommender',
    owner: 'ranking-team',
    registeredModel: 'checkout-recommender',
    problemType: 'classification',
    requestsPerDay: 43_700,
    regions: { US: 0.52, EU: 0.13, APAC: 0.35 },
    instances: ['checkout-1', 'checkout-2'],
    variants: [
      {
        name: 'baseline',
        role: 'control',
        modelName: 'baseline-predictor',
        truth: {
          accuracy: { US: 0.786, EU: 0.772, APAC: 0.7798 },
          errorRate: 0.0119,
          latency: { medianMs: 40.9, sigma: 0.4375 },
          revenue: { conversion: 0.023, basket: 6.174 },
          prediction: { mean: 0.62, sd: 0.17 },
        },
        versions: [{ version: '6', from: 0 }],
        lost: 0,
      },
      {
        name: 'enhanced',
        role: 'treatment',
        modelName: 'enhanced-predictor',
        truth: {
          accuracy: { US: 0.8405, EU: 0.711, APAC: 0.8243 },
          errorRate: 0.0114,
          latency: { medianMs: 45.66, sigma: 0.546 },
          revenue: { conversion: 0.0239, basket: 6.174 },
          prediction: { mean: 0.66, sd: 0.15 },
        },
        versions: [{ version: '7', from: 0 }],
        lost: 0,
      },
    ],
    firstRequest: start - 2 * DAY,
    start,
    phases: [
      { from: start - 2 * DAY, shares: { baseline: 1, enhanced: 0 } },
      { from: start, shares: { baseline: 0.9, enhanced: 0.1 } },
      { from: widened, shares: { baseline: 0.7, enhanced: 0.3 } },
    ],
    labelCoverage: 0.16,
    mirrored: 0,
    driftFrom: alignDown(now, HOUR) - 20 * HOUR,
    definition: {
      id: 'checkout-ranking',
      name: 'Checkout recommender',
      owner: 'ranking-team',
      control: 'baseline',
      variants: [
        { name: 'baseline', role: 'control', alias: { prometheus: 'baseline-predictor' } },
        { name: 'enhanced', role: 'treatment', alias: { prometheus: 'enhanced-predictor' } },
      ],
      start: iso(start),
      phases: [
        { from: iso(start), split: { baseline: 90, enhanced: 10 } },
        { from: iso(widened), split: { baseline: 70, enhanced: 30 } },
      ],
      assignment: 'request',
      metrics: [
        { id: 'accuracy', role: 'goal' },
        { id: 'error_rate', role: 'guardrail', margin: 0.002 },
        { id: 'latency_p95_ms', role: 'guardrail', margin: 40 },
        { id: 'latency_mean_ms', role: 'secondary' },
      ],
      currency: 'USD',
    },
  };
}

/** `fraud-threshold`: two days old and hardly different, so that nothing can be said yet. */
function fraudThreshold(now: number): SeededExperiment {
  const start = alignDown(now, HOUR) - 48 * HOUR;
  return {
    id: 'fraud-threshold',
    name: 'Fraud threshold',
    owner: 'risk-team',
    registeredModel: 'fraud-detector',
    problemType: 'classification',
    requestsPerDay: 8_600,
    regions: { US: 0.6, EU: 0.4 },
    instances: ['fraud-1'],
    variants: [
      {
        name: 'baseline',
        role: 'control',
        modelName: 'baseline-threshold',
        truth: {
          accuracy: { US: 0.941, EU: 0.941 },
          errorRate: 0.004,
          latency: { medianMs: 18, sigma: 0.4 },
          revenue: { conversion: 0.05, basket: 2 },
          prediction: { mean: 0.12, sd: 0.08 },
        },
        versions: [{ version: '12', from: 0 }],
        lost: 0,
      },
      {
        name: 'adaptive',
        role: 'treatment',
        modelName: 'adaptive-threshold',
        truth: {
          accuracy: { US: 0.943, EU: 0.943 },
          errorRate: 0.004,
          latency: { medianMs: 18.5, sigma: 0.4 },
          revenue: { conversion: 0.05, basket: 2 },
          prediction: { mean: 0.13, sd: 0.08 },
        },
        versions: [{ version: '13', from: 0 }],
        lost: 0,
      },
    ],
    firstRequest: start,
    start,
    phases: [{ from: start, shares: { baseline: 0.5, adaptive: 0.5 } }],
    labelCoverage: 0.3,
    mirrored: 0,
    driftFrom: null,
    definition: {
      id: 'fraud-threshold',
      name: 'Fraud threshold',
      owner: 'risk-team',
      control: 'baseline',
      variants: [
        { name: 'baseline', role: 'control', alias: { prometheus: 'baseline-threshold' } },
        { name: 'adaptive', role: 'treatment', alias: { prometheus: 'adaptive-threshold' } },
      ],
      start: iso(start),
      split: { baseline: 50, adaptive: 50 },
      assignment: 'request',
      metrics: [
        { id: 'accuracy', role: 'goal' },
        { id: 'error_rate', role: 'guardrail', margin: 0.002 },
      ],
    },
  };
}

/**
 * `search-rerank`: unsound in every way a check should see. 4 % of the treatment's requests are lost before they are
 * counted (SRM), the split moved from 50/50 to 65/35 on day 4 and nobody wrote it down, the treatment was redeployed on
 * day 6; a shadow variant gets copies of the traffic.
 */
function searchRerank(now: number): SeededExperiment {
  const start = alignDown(now, DAY) - 9 * DAY;
  const accuracy = (value: number): Record<string, number> => ({ US: value, EU: value });
  return {
    id: 'search-rerank',
    name: 'Search reranking',
    owner: 'search-team',
    registeredModel: 'search-reranker',
    problemType: 'ranking',
    requestsPerDay: 28_000,
    regions: { US: 0.7, EU: 0.3 },
    instances: ['search-1'],
    variants: [
      {
        name: 'champion',
        role: 'control',
        modelName: 'rerank-champion',
        truth: {
          accuracy: accuracy(0.705),
          errorRate: 0.006,
          latency: { medianMs: 60, sigma: 0.45 },
          revenue: { conversion: 0.03, basket: 3 },
          prediction: { mean: 0.48, sd: 0.2 },
        },
        versions: [{ version: '3', from: 0 }],
        lost: 0,
      },
      {
        name: 'reranker',
        role: 'treatment',
        modelName: 'rerank-cross-encoder',
        truth: {
          accuracy: accuracy(0.722),
          errorRate: 0.0065,
          latency: { medianMs: 78, sigma: 0.5 },
          revenue: { conversion: 0.031, basket: 3 },
          prediction: { mean: 0.5, sd: 0.2 },
        },
        versions: [
          { version: '4', from: 0 },
          { version: '5', from: start + 6 * DAY },
        ],
        lost: 0.04,
      },
      {
        name: 'distilled',
        role: 'shadow',
        modelName: 'rerank-distilled',
        truth: {
          accuracy: accuracy(0.74),
          errorRate: 0.005,
          latency: { medianMs: 35, sigma: 0.4 },
          revenue: { conversion: 0, basket: 3 },
          prediction: { mean: 0.49, sd: 0.2 },
        },
        versions: [{ version: '6', from: 0 }],
        lost: 0,
      },
    ],
    firstRequest: start,
    start,
    phases: [
      { from: start, shares: { champion: 0.5, reranker: 0.5 } },
      { from: start + 4 * DAY, shares: { champion: 0.65, reranker: 0.35 } },
    ],
    labelCoverage: 0.2,
    mirrored: 0.25,
    driftFrom: null,
    definition: {
      id: 'search-rerank',
      name: 'Search reranking',
      owner: 'search-team',
      control: 'champion',
      variants: [
        { name: 'champion', role: 'control', alias: { prometheus: 'rerank-champion' } },
        { name: 'reranker', role: 'treatment', alias: { prometheus: 'rerank-cross-encoder' } },
        { name: 'distilled', role: 'shadow', alias: { prometheus: 'rerank-distilled' } },
      ],
      start: iso(start),
      split: { champion: 50, reranker: 50 },
      assignment: 'request',
      metrics: [
        { id: 'accuracy', role: 'goal' },
        { id: 'error_rate', role: 'guardrail', margin: 0.002 },
        { id: 'latency_p95_ms', role: 'guardrail', margin: 60 },
      ],
    },
  };
}

/** The whole scenario as seen at `now` (epoch ms): starts lie whole days or hours before it. */
export function buildScenario(now: number, seed = DEMO_SEED): Scenario {
  return { seed, now, experiments: [checkoutRanking(now), fraudThreshold(now), searchRerank(now)] };
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

/** True accuracy over all regions, a fraction. */
export function trueAccuracy(experiment: SeededExperiment, variant: string): number {
  const { accuracy } = findVariant(experiment, variant).truth;
  return Object.entries(experiment.regions).reduce((sum, [region, share]) => sum + share * (accuracy[region] ?? 0), 0);
}

/** True mean response time, ms. */
export function trueLatencyMean({ latency }: Truth): number {
  return latency.medianMs * Math.exp(latency.sigma ** 2 / 2);
}

/** True 95th percentile of the response time, ms. */
export function trueLatencyP95({ latency }: Truth): number {
  return latency.medianMs * Math.exp(Z95 * latency.sigma);
}

/** True mean revenue of one request. */
export function trueRevenue({ revenue }: Truth): number {
  return revenue.conversion * revenue.basket;
}

/** The real split at an instant. */
export function phaseAt(experiment: SeededExperiment, instant: number): SeededPhase {
  const phase = experiment.phases.findLast(({ from }) => from <= instant) ?? experiment.phases[0];
  if (phase === undefined) throw new Error(`“${experiment.id}” has no phase.`);
  return phase;
}

/** The version of a variant that answers at an instant. */
export function versionAt(variant: SeededVariant, instant: number): string {
  return variant.versions.findLast(({ from }) => from <= instant)?.version ?? '1';
}
