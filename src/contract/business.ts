/** The business parameters: what a difference between variants is worth. All are assumptions until someone measures them. */
import { z } from 'zod';

export const businessParametersSchema = z.object({
  /** Volume the whole business turns over a day, in `currency`. */
  baseVolume: z.number().nonnegative().default(10_000_000),
  /** Share of volume gained per 1.00 of accuracy (0.005 = 0.5 %). */
  revenueMultiplier: z.number().default(0.005),
  /** Cost of one more millisecond on one request, in `currency`. */
  costPerMs: z.number().nonnegative().default(0.0001),
  /** Cost of one failed request, in `currency`. */
  costPerError: z.number().nonnegative().default(50),
  /** Incremental infrastructure cost a year, in `currency`. */
  infrastructure: z.number().default(53_000),
  /** Cost of serving one request, in `currency`; off (0) by default. */
  servingCost: z.number().nonnegative().default(0),
  /** Requests a day at full rollout; measured ÷ window days ÷ exposure when absent. */
  requestsPerDay: z.number().positive().optional(),
  /** Coefficient of variation of the revenue multiplier; 0 = intervals carry sampling error only. */
  multiplierCv: z.number().nonnegative().default(0.5),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code, e.g. EUR')
    .default('USD'),
});
export type BusinessParameters = z.infer<typeof businessParametersSchema>;
