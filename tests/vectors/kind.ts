/**
 * What a vector file's `kind` is to the runner: a function from the case's input to the values its `expected` names.
 * Add a kind by writing one and listing it in `kinds.ts`.
 */
import { z } from 'zod';

/** A refusal, under one of the codes the vector files use. */
export interface Refusal {
  error: string;
}

/** Values by the names the vector files use; extra names are ignored by the runner. */
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

/** Builds a kind from the schema of its input and the function under test. */
export function kind<Schema extends z.ZodType>(
  schema: Schema,
  answer: (input: z.output<Schema>) => Answer | Refusal,
): Kind {
  return (input) => answer(schema.parse(input));
}
