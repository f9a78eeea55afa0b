import { useEffect, useState } from 'react';
import { listExperiments, type ExperimentSummary } from '../runtime/experiments';

export type Experiments =
  | { state: 'loading' }
  | { state: 'failed'; message: string }
  | { state: 'listed'; experiments: ExperimentSummary[]; /** Epoch ms of the answer. */ now: number };

/** The experiments, asked for when what uses them appears. */
export function useExperiments(): Experiments {
  const [answer, setAnswer] = useState<Experiments>({ state: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const show = (next: Experiments) => {
      if (isCurrent) {
        setAnswer(next);
      }
    };
    listExperiments().then(
      (experiments) => show({ state: 'listed', experiments, now: Date.now() }),
      (error: unknown) => show({ state: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return answer;
}
