/** Holds one case of a vector file against the engine: the pass rule of `meta.conventions`. */
import { z } from 'zod';
import type { Kind } from './kind';

const toleranceSchema = z.object({ rel: z.number().default(0), abs: z.number().default(0) });
type Tolerance = z.infer<typeof toleranceSchema>;

const caseSchema = z.object({
  id: z.string(),
  kind: z.string(),
  input: z.unknown(),
  expected: z
    .record(z.string(), z.unknown())
    .refine((expected) => Object.keys(expected).length > 0, { error: 'names nothing to hold the answer to' }),
  tolerance: toleranceSchema.extend({ by_key: z.record(z.string(), toleranceSchema).default({}) }).prefault({}),
});
type Tolerances = z.infer<typeof caseSchema>['tolerance'];

/** What a vector file must be; its cases are read one by one, so that a broken one fails alone. */
export const fileSchema = z.object({ cases: z.array(z.unknown()) });

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

function differences(path: string, expected: unknown, got: unknown, tolerance: Tolerances): string[] {
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
  const isSame =
    number === null ? Object.is(expected, got) : typeof got === 'number' && isClose(got, number, tolerance);
  return isSame ? [] : [`${path}: expected ${show(number ?? expected)}, got ${show(got)}`];
}

/** NaN and the infinities are close to themselves alone. */
function isClose(got: number, expected: number, tolerance: Tolerance): boolean {
  return Number.isFinite(expected) && Number.isFinite(got)
    ? Math.abs(got - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected)
    : Object.is(got, expected);
}

function recordDifferences(
  path: string,
  expected: Record<string, unknown>,
  got: Record<string, unknown>,
  tolerance: Tolerances,
): string[] {
  return Object.entries(expected).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return key === 'error'
      ? refusalDifferences(at, value, got)
      : differences(at, value, got[key], { ...tolerance, ...(tolerance.by_key[key] ?? {}) });
  });
}

/** What a refusal must not come with: an answer that could be mistaken for one. */
const ANSWERS = ['p_value', 'ci'];

function refusalDifferences(path: string, expected: unknown, got: Record<string, unknown>): string[] {
  const codes: unknown[] = Array.isArray(expected) ? expected : [expected];
  if (!codes.includes(got.error)) {
    return [`${path}: expected a refusal with ${codes.join(' or ')}, got ${show(got.error ?? got)}`];
  }
  return ANSWERS.filter((key) => got[key] != null).map(
    (key) => `${path}: refused, and yet ${key} is ${show(got[key])}`,
  );
}

/** What a case is called where it fails: its id and kind, as far as it has them. */
export function nameOf(vector: unknown, index: number): string {
  const { id, kind } = isRecord(vector) ? vector : {};
  return `${typeof id === 'string' ? id : `case ${index + 1}`} (${typeof kind === 'string' ? kind : 'no kind'})`;
}

/** What is wrong with the engine's answer to a case; empty when it passes. Anything thrown is a failure, too. */
export function checkCase(vector: unknown, kinds: Readonly<Record<string, Kind>>): string[] {
  const read = caseSchema.safeParse(vector);
  if (!read.success) {
    return read.error.issues.map(({ path, message }) => `malformed case: ${path.join('.')} ${message}`);
  }
  const { kind: name, input, expected, tolerance } = read.data;
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) {
    return [`unknown kind ${JSON.stringify(name)}`];
  }
  try {
    return recordDifferences('', expected, { ...kind(input) }, tolerance);
  } catch (error) {
    return [`threw ${error instanceof Error ? error.message : String(error)}`];
  }
}
