/** The kind `drift`. */
import { z } from 'zod';
import { measureDrift } from '../../src/calc/drift/drift';
import type { DriftBand } from '../../src/calc/drift/psi';
import { isRefusal } from '../../src/calc/stats/refusal';
import { kind, numberSchema } from './kind';
import { codeOf } from './statistics';

const BAND_WORDS: Record<DriftBand, string> = { stable: 'none', watch: 'moderate', drifted: 'major' };

export const drift = kind(
  z.object({
    reference: z.array(numberSchema),
    current: z.array(numberSchema),
    edges: z.array(numberSchema).optional(),
  }),
  (pair) => {
    const answer = measureDrift(pair);
    if (isRefusal(answer)) {
      return codeOf(answer);
    }
    const distance = answer.wasserstein === null || isRefusal(answer.wasserstein) ? null : answer.wasserstein;
    return {
      psi: answer.psi,
      psi_p: answer.psiPValue,
      psi_band: BAND_WORDS[answer.band],
      kl: answer.kullbackLeibler,
      js_base2: answer.jensenShannon,
      js_base_e: answer.jensenShannonNatural,
      ks: answer.kolmogorovSmirnov,
      ks_p: answer.kolmogorovSmirnovPValue,
      chi2: answer.homogeneity.chiSquare,
      chi2_df: answer.homogeneity.degreesOfFreedom,
      chi2_p: answer.homogeneity.pValue,
      wasserstein: distance?.distance ?? null,
      wasserstein_norm: distance?.normalised ?? null,
    };
  },
);
