/** Every kind the engine answers, by the name the vector files give it. */
import { bayesian, bayesianBeta } from './bayesian';
import { drift } from './drift';
import { moments, quantile } from './histogram';
import { roi, roiUncertainty } from './impact';
import type { Kind } from './kind';
import { bh, holm, multiVariant } from './multiplicity';
import { noninferiority } from './noninferiority';
import { power } from './power';
import { sequential } from './sequential';
import { proportionSmall } from './small-counts';
import { srm, srmSequential } from './srm';
import { mean, proportion, quantileAb, ratio } from './two-arms';

export const KINDS: Readonly<Record<string, Kind>> = {
  proportion,
  mean,
  ratio,
  quantile_ab: quantileAb,
  sequential,
  bayesian,
  bayesian_beta: bayesianBeta,
  proportion_small: proportionSmall,
  srm,
  srm_sequential: srmSequential,
  holm,
  bh,
  multi_variant: multiVariant,
  power,
  noninferiority,
  histogram_quantile: quantile,
  histogram_moments: moments,
  drift,
  roi,
  roi_uncertainty: roiUncertainty,
};
