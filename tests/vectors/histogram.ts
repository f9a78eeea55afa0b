/** Kinds `histogram_quantile` and `histogram_moments`. */
import { z } from 'zod';
import { histogramMoments } from '../../src/calc/stats/histogram-moments';
import { histogramQuantile } from '../../src/calc/stats/histogram';
import { isRefusal } from '../../src/calc/stats/refusal';
import { kind, numberSchema } from './kind';
import { bucketsSchema, codeOf } from './statistics';

export const quantile = kind(z.object({ q: numberSchema, buckets: bucketsSchema }), ({ q, buckets }) => {
  const { value, wasForced } = histogramQuantile(q, buckets);
  return { value, forced_monotonic: wasForced };
});

export const moments = kind(
  z.object({
    buckets: bucketsSchema,
    sum: numberSchema.nullable().default(null),
    inf_cap: numberSchema.nullable().default(null),
    lower: numberSchema.default(0),
  }),
  ({ buckets, sum, inf_cap: infCap, lower }) => {
    const found = histogramMoments(buckets, { sum, infCap, lower });
    return isRefusal(found)
      ? codeOf(found)
      : {
          n: found.n,
          mean: found.mean,
          mean_from_buckets: found.meanFromBuckets,
          variance_from_buckets: found.varianceFromBuckets,
        };
  },
);
