/** The same question to several stores side by side: what one fails at is a failure beside the others' answers. */
import type { SourceReading } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import { failureOf } from '../sources/thrown';
import type { Source } from '../sources/source';

export interface Asked<T> {
  answers: Array<{ source: Source; answer: T }>;
  readings: SourceReading[];
  failures: Failure[];
}

/** A store's answer as far as a reading needs it. */
interface Answer {
  endpoint: string;
}

/**
 * @param ask undefined where the store does not hold what is asked for
 * @param describe what a reading says beside source and endpoint
 */
export async function askEach<T extends Answer>(
  sources: ReadonlyArray<Source | undefined>,
  ask: (source: Source) => Promise<T> | undefined,
  describe: (answer: T) => Pick<SourceReading, 'state' | 'asOf' | 'reason'>,
): Promise<Asked<T>> {
  const asked: Asked<T> = { answers: [], readings: [], failures: [] };
  const outcomes = await Promise.all(
    sources.map(async (source) => {
      const question = source && ask(source);
      if (!source || !question) {
        return null;
      }
      try {
        return { source, answer: await question };
      } catch (error) {
        return { source, failure: failureOf(error, source.name) };
      }
    }),
  );
  for (const outcome of outcomes) {
    if (outcome === null) {
      continue;
    }
    const { name } = outcome.source;
    if (outcome.failure) {
      asked.failures.push(outcome.failure);
      asked.readings.push({ source: name, state: 'down', endpoint: 'primary', asOf: null, reason: outcome.failure.message }); // prettier-ignore
    } else {
      asked.answers.push(outcome);
      asked.readings.push({ source: name, endpoint: outcome.answer.endpoint, ...describe(outcome.answer) });
    }
  }
  return asked;
}
