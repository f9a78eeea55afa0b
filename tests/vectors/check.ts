/** Holds one case of a vector file against the engine: the pass rule of `meta.conventions`. */
import { z } from 'zod';
import type { Kind } from './kind';

const toleranceSchema = z.object({ rel: z.number().default(0), abs: z.number().default(0) });
type Tolerance = z.infer<typeof toleranceSchema>;

export const caseSchema = z.object({
  id: z.string(),
  kind: z.string(),
  input: z.unknown(),
  expected: z.record(z.string(), z.unknown()),
  tolerance: toleranceSchema.extend({ by_key: z.record(z.string(), toleranceSchema).default({}) }).prefault({}),
});
export type VectorCase = z.infer<typeof caseSchema>;
export const fileSchema = z.object({ cases: z.array(caseSchema) });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number, or one of the words JSON has no number for; null when it is neither. */
function readNumber(value: unknown): number | null {
  switch (value) {
    case 'NaN':
      return Number.NaN;
    case '+Inf':
    case 'Inf':
      return Number.POSITIVE_INFINITY;
    case '-Inf':
      return Number.NEGATIVE_INFINITY;
    default:
      return typeof value === 'number' ? value : null;
  }
}

const show = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value));

function differences(path: string, expected: unknown, got: unknown, tolerance: VectorCase['tolerance']): string[] {
  if (isRecord(expected)) {
    return isRecord(got)
      ? recordDifferences(path, expected, got, tolerance)
      : [`${path}: expected an object, got ${show(got)}`];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) {
      return [`${path}: expected ${show(expected)}, got ${show(got)}`];
    }
    return expected.flatMap((element: unknown, index) =>
      differences(`${path}[${index}]`, element, got[index], tolerance),
    );
  }
  const number = readNumber(expected);
  if (number === null) {
    return Object.is(expected, got) ? [] : [`${path}: expected ${show(expected)}, got ${show(got)}`];
  }
  return typeof got === 'number' && isClose(got, number, tolerance)
    ? []
    : [`${path}: expected ${number}, got ${show(got)}`];
}

function isClose(got: number, expected: number, tolerance: Tolerance): boolean {
  return Object.is(got, expected) || Math.abs(got - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected);
}

function recordDifferences(
  path: string,
  expected: Record<string, unknown>,
  got: Record<string, unknown>,
  tolerance: VectorCase['tolerance'],
): string[] {
  if ('error' in expected) {
    const codes = Array.isArray(expected.error) ? (expected.error as unknown[]) : [expected.error];
    if (!('error' in got)) {
      return [`${path}: expected a refusal with ${codes.join(' or ')}, got ${show(got)}`];
    }
    return codes.includes(got.error)
      ? []
      : [`${path}: expected a refusal with ${codes.join(' or ')}, got ${show(got.error)}`];
  }
  return Object.entries(expected).flatMap(([key, value]) =>
    differences(path === '' ? key : `${path}.${key}`, value, got[key], {
      ...tolerance,
      ...(tolerance.by_key[key] ?? {}),
    }),
  );
}

/** What is wrong with the engine's answer to a case; empty when it passes. Anything thrown is a failure, too. */
export function checkCase(vector: VectorCase, kinds: Readonly<Record<string, Kind>>): string[] {
  const kind = kinds[vector.kind];
  if (kind === undefined) {
    return [`unknown kind ${JSON.stringify(vector.kind)}`];
  }
  try {
    return recordDifferences('', vector.expected, { ...kind(vector.input) }, vector.tolerance);
  } catch (error) {
    return [`threw ${error instanceof Error ? error.message : String(error)}`];
  }
}
