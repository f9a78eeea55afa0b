/**
 * How net a day is distributed. Net is linear in the three differences, whose estimates are normal, so given the revenue
 * multiplier it is exactly normal (the delta method is exact here). The multiplier itself is uncertain: lognormal with
 * its assumed mean and coefficient of variation. Net is then a mixture of normals over the multiplier, summed on a grid
 * of its standardised logarithm: deterministic, smooth in every parameter and quick enough for a slider.
 */
import { findRoot } from '../find-root';
import { normalCdf, normalUpperQuantile } from '../stats/special';

/** net = multiplier × (gain ± its error) + (fixed ± its error), in money a day. */
export interface NetModel {
  /** Base volume × Δaccuracy: what the multiplier scales. */
  gain: number;
  gainVariance: number;
  /** Latency, risk and serving together. */
  fixed: number;
  fixedVariance: number;
  /** Covariance of `gain` and `fixed`. */
  covariance: number;
  /** Mean and coefficient of variation of the revenue multiplier. */
  multiplier: number;
  multiplierCv: number;
}

export interface Distribution {
  mean: number;
  sd: number;
  /** P(value > x), good in the tails. */
  survival: (x: number) => number;
  /** The value below which a share `p` in (0, 1) lies. */
  quantile: (p: number) => number;
}

const REACH = 6;
const STEP = 0.05;

/** The distribution of net a day; with `multiplierCv` 0 the normal distribution of the delta method. */
export function netDistribution(model: NetModel): Distribution {
  const isMixture = model.multiplierCv > 0 && model.multiplier !== 0 && (model.gain !== 0 || model.gainVariance > 0);
  return isMixture ? mixtureOverMultiplier(model) : normalOf(meanGiven(model, model.multiplier), sdOf(model));
}

const meanGiven = (model: NetModel, multiplier: number): number => multiplier * model.gain + model.fixed;

const varianceGiven = (model: NetModel, multiplier: number): number =>
  Math.max(0, multiplier ** 2 * model.gainVariance + 2 * multiplier * model.covariance + model.fixedVariance);

/** Var(net) = E[Var(net | multiplier)] + Var(E[net | multiplier]). */
function sdOf(model: NetModel): number {
  const spread = (model.multiplier * model.multiplierCv) ** 2;
  return Math.sqrt(varianceGiven(model, model.multiplier) + spread * (model.gainVariance + model.gain ** 2));
}

function normalOf(mean: number, sd: number): Distribution {
  if (sd === 0) {
    return { mean, sd, survival: (x) => (mean > x ? 1 : 0), quantile: () => mean };
  }
  return {
    mean,
    sd,
    survival: (x) => normalCdf((mean - x) / sd),
    quantile: (p) => mean - sd * normalUpperQuantile(p),
  };
}

interface Component {
  weight: number;
  mean: number;
  sd: number;
}

function componentsOf(model: NetModel): Component[] {
  const sigma = Math.sqrt(Math.log1p(model.multiplierCv ** 2));
  const steps = Math.round((2 * REACH) / STEP);
  const components = Array.from({ length: steps + 1 }, (_, index): Component => {
    const z = -REACH + index * STEP;
    const multiplier = model.multiplier * Math.exp(sigma * z - sigma ** 2 / 2);
    // Each point stands for a cell one step wide; its own spread is added, or a precise test would give a staircase.
    const cellVariance = (model.gain * multiplier * sigma * STEP) ** 2 / 12;
    return {
      weight: Math.exp(-(z ** 2) / 2),
      mean: meanGiven(model, multiplier),
      sd: Math.sqrt(varianceGiven(model, multiplier) + cellVariance),
    };
  });
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  return components.map((component) => ({ ...component, weight: component.weight / total }));
}

function mixtureOverMultiplier(model: NetModel): Distribution {
  const components = componentsOf(model);
  const survival = (x: number) =>
    components.reduce((sum, { weight, mean, sd }) => {
      const share = sd === 0 ? Number(mean > x) : normalCdf((mean - x) / sd);
      return sum + weight * share;
    }, 0);
  const ends = components.flatMap(({ mean, sd }) => [mean - 9 * sd, mean + 9 * sd]);
  const lowest = Math.min(...ends);
  const highest = Math.max(...ends);
  return {
    mean: meanGiven(model, model.multiplier),
    sd: sdOf(model),
    survival,
    quantile: (p) => findRoot((x) => survival(x) - (1 - p), lowest, highest),
  };
}
