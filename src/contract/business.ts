/** The business parameters: what a difference between variants is worth. All are assumptions until someone measures them. */
import { z } from 'zod';
import { numeric } from './from-text';

/** Every parameter, without defaults. */
const fields = {
  /** Volume the whole business turns over a day, in `currency`. */
  baseVolume: z.number().nonnegative(),
  /** Share of volume gained per 1.00 of accuracy (0.005 = 0.5 %). */
  revenueMultiplier: z.number(),
  /** Cost of one more millisecond on one request, in `currency`. */
  costPerMs: z.number().nonnegative(),
  /** Cost of one failed request, in `currency`. */
  costPerError: z.number().nonnegative(),
  /** Incremental infrastructure cost a year, in `currency`. */
  infrastructure: z.number(),
  /** Cost of serving one request, in `currency`; off (0) by default. */
  servingCost: z.number().nonnegative(),
  /** Requests a day at full rollout; measured ÷ window days ÷ exposure when absent. */
  requestsPerDay: z.number().positive(),
  /** Coefficient of variation of the revenue multiplier; 0 = intervals carry sampling error only. */
  multiplierCv: z.number().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code, e.g. EUR'),
};

/** What a query sets itself: any parameter, and no default for those it leaves to the data source. */
export const businessOverlaySchema = z.object(fields).partial();
export type BusinessOverlay = z.infer<typeof businessOverlaySchema>;

export const businessParametersSchema = z.object({
  baseVolume: numeric(fields.baseVolume.default(10_000_000)),
  revenueMultiplier: numeric(fields.revenueMultiplier.default(0.005)),
  costPerMs: numeric(fields.costPerMs.default(0.0001)),
  costPerError: numeric(fields.costPerError.default(50)),
  infrastructure: numeric(fields.infrastructure.default(53_000)),
  servingCost: numeric(fields.servingCost.default(0)),
  requestsPerDay: numeric(fields.requestsPerDay.optional()),
  multiplierCv: numeric(fields.multiplierCv.default(0.5)),
  currency: fields.currency.default('USD'),
});
export type BusinessParameters = z.infer<typeof businessParametersSchema>;
