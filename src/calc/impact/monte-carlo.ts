/**
 * Net by simulation, from the sufficient statistics of both variants: Beta(1 + x, 1 + n − x) posteriors for accuracy and
 * errors, a normal for the latency difference, a lognormal revenue multiplier. It checks the closed form of
 * `net-distribution.ts` and answers what has none: accuracy taken relative to the control.
 */
import { createGenerator, createNormalDraw, drawBeta } from './generator';
import { differenceOfMeans } from './difference';
import type { Counts, Sums } from './difference';
import type { ImpactRefusal } from './refusal';
import { refuseCounts } from '../stats/small-counts';
import { DAYS_A_YEAR, dailyLatencyCost, dailyRevenue, dailyRiskReduction } from './money';

export interface MonteCarloInput {
  baseVolume: number;
  revenueMultiplier: number;
  multiplierCv: number;
  requestsPerDay: number;
  costPerMs: number;
  costPerError: number;
  infrastructure: number;
  accuracy: { control: Counts; treatment: Counts };
  latency: { control: Sums; treatment: Sums };
  errors: { control: Counts; treatment: Counts };
  /** `relative`: improvement is treatment / control − 1 instead of the difference. */
  accuracyMode: 'absolute' | 'relative';
  /** A 32-bit integer; the same seed gives the same answer. */
  seed: number;
  /** Default 400,000: the median is then good to 0.2 % of a standard deviation. */
  draws?: number;
}

export interface MonteCarloNet {
  mean: number;
  sd: number;
  /** The `p`-quantile of net a day (linear between order statistics). */
  quantile: (p: number) => number;
  pNetPositive: number;
  /** P(net > infrastructure / 365). */
  pRoiPositive: number;
}

/** Draws of net a day, summarised. Refuses `not-a-number` for counts and sums that are none, which no draw could be made from. */
export function simulateNet(input: MonteCarloInput): MonteCarloNet | ImpactRefusal {
  const refusal = refuseDraws(input);
  if (refusal !== null) {
    return refusal;
  }
  const draws = drawNets(input).sort();
  const mean = draws.reduce((sum, net) => sum + net, 0) / draws.length;
  const squares = draws.reduce((sum, net) => sum + (net - mean) ** 2, 0);
  const shareAbove = (bound: number) => draws.reduce((count, net) => count + Number(net > bound), 0) / draws.length;
  return {
    mean,
    sd: Math.sqrt(squares / (draws.length - 1)),
    quantile: (p) => quantileOfSorted(draws, p),
    pNetPositive: shareAbove(0),
    pRoiPositive: shareAbove(input.infrastructure / DAYS_A_YEAR),
  };
}

function refuseDraws({ accuracy, latency, errors }: MonteCarloInput): ImpactRefusal | null {
  const counts = [accuracy.control, accuracy.treatment, errors.control, errors.treatment];
  const sums = [latency.control, latency.treatment];
  const areCounts = counts.every((arm) => refuseCounts(arm, 'counts') === null);
  const areSums = sums.every(({ n, sum, sumSquares }) => n > 0 && [n, sum, sumSquares].every(Number.isFinite));
  return areCounts && areSums
    ? null
    : {
        refused: 'not-a-number',
        field: areCounts ? 'latency' : 'counts',
        message: 'The counts or sums of a variant cannot be.',
        fix: 'Check what the metrics are mapped to.',
      };
}

function drawNets(input: MonteCarloInput): Float64Array {
  const uniform = createGenerator(input.seed);
  const normal = createNormalDraw(uniform);
  const drawShare = ({ n, x }: Counts) => drawBeta(1 + x, 1 + n - x, uniform, normal);
  const latency = differenceOfMeans(input.latency.control, input.latency.treatment);
  const latencySe = Math.sqrt(latency.variance ?? 0);
  const sigma = Math.sqrt(Math.log1p(input.multiplierCv ** 2));
  return Float64Array.from({ length: input.draws ?? 400_000 }, () => {
    const control = drawShare(input.accuracy.control);
    const treatment = drawShare(input.accuracy.treatment);
    const improvement = input.accuracyMode === 'relative' ? treatment / control - 1 : treatment - control;
    const errors = drawShare(input.errors.treatment) - drawShare(input.errors.control);
    const multiplier = input.revenueMultiplier * Math.exp(sigma * normal() - sigma ** 2 / 2);
    return (
      dailyRevenue(input.baseVolume, improvement, multiplier) -
      dailyLatencyCost(input.requestsPerDay, latency.difference + latencySe * normal(), input.costPerMs) +
      dailyRiskReduction(input.requestsPerDay, errors, input.costPerError)
    );
  });
}

function quantileOfSorted(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}
