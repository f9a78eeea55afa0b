/** The listing of a data source, asked again when another is chosen or somebody refreshes. */
import { useCallback, useEffect, useState } from 'react';
import { listExperiments, type Listing } from './experiments';

export type Answer =
  { state: 'loading' } | { state: 'failed'; message: string } | { state: 'listed'; listing: Listing };

const wordsOf = (error: unknown): string => {
  if (error instanceof Error) {
    return error.message;
  }
  // What Grafana throws for an HTTP status is no Error.
  const body = typeof error === 'object' && error !== null && 'data' in error ? error.data : undefined;
  const isWorded = typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string';
  return isWorded ? String(body.message) : 'The data source did not answer.';
};

export function useExperiments(dataSource: string | undefined): { answer: Answer; refresh: () => void } {
  const [asked, setAsked] = useState(0);
  const [answered, setAnswered] = useState<{ by: string; answer: Answer } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const show = (answer: Answer) => {
      if (isCurrent && dataSource !== undefined) {
        setAnswered({ by: dataSource, answer });
      }
    };
    if (dataSource !== undefined) {
      listExperiments(dataSource).then(
        (listing) => show({ state: 'listed', listing }),
        (error: unknown) => show({ state: 'failed', message: wordsOf(error) }),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [dataSource, asked]);
  const refresh = useCallback(() => setAsked((times) => times + 1), []);
  // Another data source's answer is none; while the same is asked again, its last one stays.
  const answer = answered !== null && answered.by === dataSource ? answered.answer : ({ state: 'loading' } as const);
  return { answer, refresh };
}
