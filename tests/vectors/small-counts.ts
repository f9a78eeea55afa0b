/** Kind `proportion_small`: intervals and tests that hold at zero and small counts. */
import { z } from 'zod';
import { fisherPValue } from '../../src/calc/stats/fisher';
import { refuse } from '../../src/calc/stats/refusal';
import { newcombeInterval, pooledZPValue, refuseCounts, wilsonInterval } from '../../src/calc/stats/small-counts';
import { kind } from './kind';
import { alphaSchema, codeOf, countsSchema } from './statistics';

export const proportionSmall = kind(
  z.object({ a: countsSchema, b: countsSchema, alpha: alphaSchema }),
  ({ a, b, alpha }) => {
    const refusal = refuseCounts(a, 'a') ?? refuseCounts(b, 'b') ?? (a.n * b.n === 0 ? refuse('no-data') : null);
    return refusal === null
      ? {
          wilson_a: wilsonInterval(a, alpha),
          wilson_b: wilsonInterval(b, alpha),
          difference: b.x / b.n - a.x / a.n,
          newcombe_ci: newcombeInterval(a, b, alpha),
          pooled_z_p: pooledZPValue(a, b),
          fisher_p: fisherPValue(a, b),
        }
      : codeOf(refusal);
  },
);
