/**
 * What an experiment is (design §5): the definition as it is written in a query, in the settings, in
 * `provisioning/experiments/*.yaml` or in MLflow's `uplift.*` tags.
 */
import { z } from 'zod';
import { SOURCE_NAMES } from '../calc/provenance';

const ROLES = ['control', 'treatment', 'shadow', 'holdout'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

export const UNITS = ['requests', 'time-buckets', 'users', 'runs'] as const;
export const unitSchema = z.enum(UNITS);
export type Unit = z.infer<typeof unitSchema>;

export const assignmentSchema = z.enum(['request', 'user', 'unknown']);
export type Assignment = z.infer<typeof assignmentSchema>;

/** ISO 8601 with an offset, as a test window needs it: a bare local time would mean another instant on another machine. */
export const instantSchema = z.iso.datetime({
  offset: true,
  error: 'an ISO 8601 time with an offset, e.g. 2026-03-03T09:00:00+01:00',
});

/** Share of traffic per variant, e.g. `{ baseline: 70, enhanced: 30 }`; any positive scale. */
export const splitSchema = z.record(z.string(), z.number().nonnegative());
export type Split = z.infer<typeof splitSchema>;

export const phaseSchema = z.object({ from: instantSchema, split: splitSchema });
export type PhaseDefinition = z.infer<typeof phaseSchema>;

const variantDefinitionSchema = z.object({
  name: z.string().min(1),
  role: roleSchema.default('treatment'),
  /** The variant's name in a store where it differs, e.g. `{ prometheus: 'baseline-predictor' }`. */
  alias: z.partialRecord(z.enum(SOURCE_NAMES), z.string().min(1)).default({}),
});
export type VariantDefinition = z.infer<typeof variantDefinitionSchema>;

export const metricKindSchema = z.enum(['proportion', 'mean', 'ratio', 'quantile']);
export type MetricKind = z.infer<typeof metricKindSchema>;

export const directionSchema = z.enum(['higher', 'lower']);
export type Direction = z.infer<typeof directionSchema>;

export const metricRoleSchema = z.enum(['goal', 'guardrail', 'secondary']);
export type MetricRole = z.infer<typeof metricRoleSchema>;

/** One metric of an experiment; `id` is a built-in (`accuracy`, `error_rate`, `latency_mean_ms`, `latency_p95_ms`) or one of the mapping's. */
export const metricDefinitionSchema = z.object({
  id: z.string().min(1),
  label: z.string().optional(),
  role: metricRoleSchema.default('secondary'),
  direction: directionSchema.optional(),
  /** Guardrail margin in the metric's own unit (a fraction for proportions, ms for latency), a positive number. */
  margin: z.number().positive().optional(),
});
export type MetricDefinition = z.infer<typeof metricDefinitionSchema>;

export const DEFAULT_PLANNED_TOTAL = 1_000_000;
export const DEFAULT_ALPHA = 0.05;

/** Every field of a definition but its id, without defaults. */
const fields = {
  name: z.string().min(1),
  owner: z.string(),
  /** The experiment's name in a store where it differs from `id`. */
  alias: z.partialRecord(z.enum(SOURCE_NAMES), z.string().min(1)),
  control: z.string(),
  variants: z.array(variantDefinitionSchema),
  split: splitSchema,
  phases: z.array(phaseSchema),
  start: instantSchema,
  end: instantSchema,
  /** Seconds cut off after the start. */
  warmUp: z.number().nonnegative(),
  timeZone: z.string(),
  assignment: assignmentSchema,
  unit: unitSchema,
  metrics: z.array(metricDefinitionSchema),
  plannedTotal: z.number().int().positive(),
  alpha: z.number().gt(0).lt(0.5),
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code, e.g. EUR'),
};

/** What a query says of a definition itself: any field, and no default for those it leaves out. */
export const experimentOverlaySchema = z.object(fields).partial();
export type ExperimentOverlay = z.infer<typeof experimentOverlaySchema>;

export const experimentDefinitionSchema = z.object({
  id: z.string().min(1),
  ...experimentOverlaySchema.shape,
  alias: fields.alias.default({}),
  variants: fields.variants.default([]),
  warmUp: fields.warmUp.default(0),
  timeZone: fields.timeZone.default('UTC'),
  assignment: fields.assignment.default('unknown'),
  plannedTotal: fields.plannedTotal.default(DEFAULT_PLANNED_TOTAL),
  alpha: fields.alpha.default(DEFAULT_ALPHA),
});
export type ExperimentDefinition = z.infer<typeof experimentDefinitionSchema>;
export type ExperimentDefinitionInput = z.input<typeof experimentDefinitionSchema>;
