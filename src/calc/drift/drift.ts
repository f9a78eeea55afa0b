/** Drift of a feature or a prediction: the current window's histogram against the reference window's, measured five ways. */
import { isRefusal } from '../stats/refusal';
import type { Refusal } from '../stats/refusal';
import type { BinnedPair } from './binned';
import { sharesOf } from './binned';
import { testHomogeneity } from './homogeneity';
import type { Homogeneity } from './homogeneity';
import { jensenShannonDistance } from './jensen-shannon';
import { kolmogorovSmirnov, kolmogorovSmirnovPValue } from './kolmogorov-smirnov';
import { kullbackLeibler } from './kullback-leibler';
import { bandOf, psiContributions, psiPValue } from './psi';
import type { DriftBand } from './psi';
import { wasserstein } from './wasserstein';
import type { Wasserstein } from './wasserstein';

export interface Drift {
  psi: number;
  /** Null when a bin is empty: the floor, not the data, would make it. */
  psiPValue: number | null;
  band: DriftBand;
  /** What each bin adds to PSI. */
  contributions: number[];
  /** Distance with base-2 logarithms, 0…1, and with natural ones. */
  jensenShannon: number;
  jensenShannonNatural: number;
  kullbackLeibler: number;
  kolmogorovSmirnov: number;
  kolmogorovSmirnovPValue: number;
  homogeneity: Homogeneity;
  /** Null without edges; a refusal when an open end bin holds observations. */
  wasserstein: Wasserstein | Refusal | null;
}

/** Every measure of drift of one pair of histograms. Refusals: see `sharesOf`. */
export function measureDrift(pair: BinnedPair): Drift | Refusal {
  const shares = sharesOf(pair);
  if (isRefusal(shares)) {
    return shares;
  }
  const contributions = psiContributions(shares);
  const index = contributions.reduce((sum, contribution) => sum + contribution, 0);
  return {
    psi: index,
    psiPValue: psiPValue(shares),
    band: bandOf(index),
    contributions,
    jensenShannon: jensenShannonDistance(shares, 2),
    jensenShannonNatural: jensenShannonDistance(shares, Math.E),
    kullbackLeibler: kullbackLeibler(shares),
    kolmogorovSmirnov: kolmogorovSmirnov(shares),
    kolmogorovSmirnovPValue: kolmogorovSmirnovPValue(shares),
    homogeneity: testHomogeneity(pair),
    wasserstein: pair.edges === undefined ? null : wasserstein(shares, pair.edges),
  };
}
