/** What of a frame travels as JSON (labels, config, meta), checked when it comes from another process. */
import { z } from 'zod';

import type { FieldConfig, FrameMeta, Labels } from './frame';

export const labelsSchema: z.ZodType<Labels> = z.record(z.string(), z.string());

/** Go writes ±Inf and NaN limits as null. */
const limit = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);

export const fieldConfigSchema: z.ZodType<FieldConfig> = z.looseObject({
  displayName: z.string().optional(),
  displayNameFromDS: z.string().optional(),
  unit: z.string().optional(),
  decimals: z.number().optional(),
  min: limit.optional(),
  max: limit.optional(),
  noValue: z.string().optional(),
  description: z.string().optional(),
  links: z.array(z.looseObject({ title: z.string(), url: z.string(), targetBlank: z.boolean().optional() })).optional(),
  custom: z.record(z.string(), z.unknown()).optional(),
});

export const frameMetaSchema: z.ZodType<FrameMeta> = z.looseObject({
  type: z
    .enum([
      'table',
      'timeseries-multi',
      'timeseries-wide',
      'timeseries-long',
      'numeric-multi',
      'numeric-wide',
      'numeric-long',
    ])
    .optional(),
  typeVersion: z.tuple([z.number(), z.number()]).optional(),
  notices: z
    .array(
      z.looseObject({ severity: z.enum(['info', 'warning', 'error']), text: z.string(), link: z.string().optional() }),
    )
    .optional(),
  executedQueryString: z.string().optional(),
  preferredVisualisationType: z.enum(['graph', 'table', 'logs']).optional(),
  custom: z.record(z.string(), z.unknown()).optional(),
});
