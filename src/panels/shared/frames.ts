/** Reads the data source's frames by name: panels never depend on a frame's or a field's position. */
import type { DataFrame } from '@grafana/data';
import type { UpliftMeta } from '../../contract/frames';

/** Whether an unknown value is an object with named members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isUpliftMeta(value: unknown): value is UpliftMeta {
  return (
    isRecord(value) &&
    typeof value['frame'] === 'string' &&
    isRecord(value['provenance']) &&
    typeof value['provenance']['level'] === 'string' &&
    Array.isArray(value['provenance']['sources'])
  );
}

/** `meta.custom.uplift` of a frame, when the frame is one of ours. */
export function upliftMetaOf(frame: DataFrame): UpliftMeta | undefined {
  const value: unknown = frame.meta?.custom?.['uplift'];
  return isUpliftMeta(value) ? value : undefined;
}

/** The first frame of that name, by `meta.custom.uplift.frame`, else by the frame's own name. */
export function frameNamed(series: readonly DataFrame[], name: string): DataFrame | undefined {
  return series.find((frame) => upliftMetaOf(frame)?.frame === name) ?? series.find((frame) => frame.name === name);
}

/** The first of our frames' metadata: provenance and experiment are the same on every frame of one answer. */
export function firstUpliftMeta(series: readonly DataFrame[]): UpliftMeta | undefined {
  for (const frame of series) {
    const meta = upliftMetaOf(frame);
    if (meta) {
      return meta;
    }
  }
  return undefined;
}

function valueAt(frame: DataFrame, field: string, row: number): unknown {
  return frame.fields.find((candidate) => candidate.name === field)?.values[row];
}

/** A number of a row; null for a missing field, a null, NaN or ±Inf, so that nothing missing is ever drawn as a number. */
export function numberAt(frame: DataFrame, field: string, row: number): number | null {
  const value = valueAt(frame, field, row);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A text of a row; null for a missing field, a null or an empty text. */
export function textAt(frame: DataFrame, field: string, row: number): string | null {
  const value = valueAt(frame, field, row);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A text of a row that is one of `allowed`, else `otherwise`. */
export function choiceAt<T extends string>(
  frame: DataFrame,
  field: string,
  row: number,
  allowed: readonly T[],
  otherwise: T,
): T {
  const value = textAt(frame, field, row);
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}

/** The indices of a frame's rows. */
export function rowsOf(frame: DataFrame): number[] {
  return Array.from({ length: frame.length }, (_, row) => row);
}
