/** Reads the backend's frames by name, as panels do: never by position, and nothing missing is read as a number. */
import { z } from 'zod';
import type { Range } from '../../src/calc/notation';
import { TERM_NAMES } from '../../src/calc/impact/impact';
import { LEVELS, SOURCE_NAMES } from '../../src/calc/provenance';
import type { DataFrame, Notice } from '../../pkg/sdk/frame';

/** A row of a frame. */
export class Row {
  constructor(
    private readonly frame: DataFrame,
    private readonly index: number,
  ) {}

  /** A finite number; null when it is missing. */
  number(field: string): number | null {
    const value = this.valueOf(field);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  /** A text; empty when it is missing. */
  text(field: string): string {
    const value = this.valueOf(field);
    return typeof value === 'string' ? value : '';
  }

  private valueOf(name: string): unknown {
    return this.frame.fields.find((field) => field.name === name)?.values[this.index];
  }
}

/** Two fields of a row as an interval; null when either end is missing. */
export function rangeOf(row: Row, low: string, high: string): Range | null {
  const [from, to] = [row.number(low), row.number(high)];
  return from === null || to === null ? null : { low: from, high: to };
}

export function rowsOf(frame: DataFrame | undefined): Row[] {
  const length = frame?.fields[0]?.values.length ?? 0;
  return frame ? Array.from({ length }, (_, index) => new Row(frame, index)) : [];
}

export const frameNamed = (frames: readonly DataFrame[], name: string): DataFrame | undefined =>
  frames.find((frame) => metaOf(frame)?.frame === name);

export const noticesOf = (frames: readonly DataFrame[]): Notice[] => frames.flatMap(({ meta }) => meta?.notices ?? []);

/** What reports read of `meta.custom.uplift` (`UpliftMeta` in the contract). */
const metaSchema = z.object({
  frame: z.string(),
  provenance: z.object({
    level: z.enum(LEVELS),
    answeredAt: z.number(),
    sources: z.array(
      z.object({
        source: z.enum(SOURCE_NAMES),
        state: z.string(),
        endpoint: z.string(),
        asOf: z.number().nullable(),
        reason: z.string().optional(),
      }),
    ),
  }),
  experiment: z
    .object({
      id: z.string(),
      name: z.string(),
      owner: z.string().optional(),
      control: z.string(),
      variants: z.array(z.object({ name: z.string(), role: z.string() })),
      metrics: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          unit: z.string(),
          role: z.string(),
          direction: z.string(),
          margin: z.number().optional(),
        }),
      ),
      timeZone: z.string(),
      plannedTotal: z.number(),
      alpha: z.number(),
    })
    .optional(),
  headline: z.object({ subject: z.string(), text: z.string(), aside: z.string() }).optional(),
  replay: z
    .object({
      metric: z.object({ label: z.string(), unit: z.string() }),
      variant: z.string(),
      decidedAt: z.number().nullable(),
      marks: z.array(z.object({ at: z.number(), label: z.string() })),
    })
    .optional(),
  impact: z
    .object({
      variant: z.string(),
      control: z.string(),
      input: z.object({ parameters: z.record(z.string(), z.unknown()) }),
      impact: z.object({
        alpha: z.number(),
        includesMultiplier: z.boolean(),
        breakEvenMultiplier: z.number().nullable(),
        terms: z.array(
          z.object({
            name: z.enum(TERM_NAMES),
            annual: z.number().nullable(),
            low: z.number().nullable(),
            high: z.number().nullable(),
          }),
        ),
        preliminary: z.array(z.object({ message: z.string() })),
      }),
    })
    .optional(),
});
export type FrameMeta = z.infer<typeof metaSchema>;

/** `meta.custom.uplift` of a frame, when the frame is one of ours. */
export function metaOf(frame: DataFrame | undefined): FrameMeta | undefined {
  const parsed = metaSchema.safeParse(frame?.meta?.custom?.['uplift']);
  return parsed.success ? parsed.data : undefined;
}
