/** What the backend's resources answer (GET `experiments`, `metrics`, `sources`): choices for editors and variables, and the state of each source. */
import { z } from 'zod';
import { SOURCE_NAMES } from '../calc/provenance';
import { DEFAULT_ALPHA } from './experiment';
import { FAILURE_CLASSES, REACHES } from './failure';

export const experimentChoiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  variants: z.array(z.string()),
  control: z.string().nullable(),
  owner: z.string().nullable().default(null),
  /** Epoch ms; null without a known start. */
  start: z.number().nullable().default(null),
  alpha: z.number().default(DEFAULT_ALPHA),
  timeZone: z.string().default('UTC'),
});
export type ExperimentChoice = z.infer<typeof experimentChoiceSchema>;

export const metricChoiceSchema = z.object({ id: z.string(), label: z.string() });
export type MetricChoice = z.infer<typeof metricChoiceSchema>;

export const sourceStatusSchema = z.object({
  source: z.enum(SOURCE_NAMES),
  state: z.string(),
  latency_ms: z.number().nullable(),
  error: z.string().nullable(),
  hint: z.string().nullable(),
  /** What kind of error it is, and the setting to look at. */
  class: z.enum(FAILURE_CLASSES).nullable().default(null),
  field: z.string().nullable().default(null),
  endpoint: z.string().nullable(),
  newest_sample: z.number().nullable(),
  /** How far the connection test got; null when the source is not configured. */
  reached: z.enum(REACHES).nullable(),
  version: z.string().nullable(),
  /** What the store holds, in words. */
  found: z.string().nullable(),
  warnings: z.array(z.string()),
});
export type SourceStatus = z.infer<typeof sourceStatusSchema>;
