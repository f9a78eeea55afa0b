/**
 * Values that may arrive as text: Grafana's provisioning turns `$NAME` into text wherever it stands, and an unset
 * variable into an empty one. Empty text counts as not set, so that the default applies.
 */
import { z } from 'zod';

/**
 * A number, also one written as text (`"5432"`).
 * @param schema what the number must be; gets undefined where nothing was written
 */
export function numeric<S extends z.ZodType<unknown, number | undefined>>(schema: S) {
  return z
    .union([z.number(), z.string()], 'a number')
    .optional()
    .transform((value, context): number | undefined => {
      if (typeof value !== 'string') {
        return value;
      }
      if (value.trim() === '') {
        return undefined;
      }
      const number = Number(value);
      if (!Number.isFinite(number)) {
        context.addIssue(`a number, not “${value}”; write digits with a point, without separators`);
        return z.NEVER;
      }
      return number;
    })
    .pipe(schema);
}

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

/** True or false, also written as text (`"true"`, `"off"`). */
export function logical<S extends z.ZodType<unknown, boolean | undefined>>(schema: S) {
  return z
    .union([z.boolean(), z.string()], 'true or false')
    .optional()
    .transform((value, context): boolean | undefined => {
      if (typeof value !== 'string') {
        return value;
      }
      const word = value.trim().toLowerCase();
      if (word === '') {
        return undefined;
      }
      if (!Object.hasOwn(WORDS, word)) {
        context.addIssue(`true or false, not “${value}”`);
        return z.NEVER;
      }
      return WORDS[word];
    })
    .pipe(schema);
}

/**
 * A stored object without its empty texts, at any depth: `user: $INFLUX_USER` with no such variable is no user, and a
 * section of nothing but those is an empty one.
 */
export function withoutEmptyTexts(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, inner]) => (inner === '' ? [] : [[name, withoutEmptyTexts(inner)]])),
      )
    : value;
}
