/**
 * What a vector file's `kind` is to the runner: a function from the case's input to the values its `expected` names.
 * Add a kind by writing one and listing it in `kinds.ts`.
 */
import { z } from 'zod';

/** A refusal, under one of the codes the vector files use. */
export interface Refusal {
  error: string;
}

/** Values by the names the vector files use; those a case does not expect are not looked at. */
export type Answer = Record<string, unknown>;

/** Reads its own input (throws when the input is malformed) and answers or refuses. */
export type Kind = (input: unknown) => Answer | Refusal;

/** A number as JSON cannot always write it: `'NaN'`, `'+Inf'`, `'-Inf'`. */
export const numberSchema = z.union([
  z.number(),
  z.literal('NaN').transform(() => Number.NaN),
  z.enum(['+Inf', 'Inf']).transform(() => Number.POSITIVE_INFINITY),
  z.literal('-Inf').transform(() => Number.NEGATIVE_INFINITY),
]);

/** The formulas of the kinds hold for any error rate from 0 to 1; what lies outside is none. */
function hasBadAlpha(input: unknown): boolean {
  const alpha = typeof input === 'object' && input !== null && 'alpha' in input ? input.alpha : undefined;
  return typeof alpha === 'number' && !(alpha > 0 && alpha < 1);
}

/** Builds a kind from the schema of its input and the function under test. */
export function kind<Schema extends z.ZodType>(
  schema: Schema,
  answer: (input: z.output<Schema>) => Answer | Refusal,
): Kind {
  return (input) => {
    const read = schema.parse(input);
    return hasBadAlpha(read) ? { error: 'BAD_ALPHA' } : answer(read);
  };
}
