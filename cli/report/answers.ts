/** Asks the backend what a report needs: the live numbers, the test and the money. */
import { FailureError } from '../../src/contract/failure';
import type { QueryAnswer } from '../../pkg/sdk/client';
import type { Backend } from '../backend/backend';
import { frameNamed, rowsOf } from './frames';

/** What one experiment's report is made of; an answer that failed keeps its error. */
export interface Numbers {
  overview: QueryAnswer;
  impact: QueryAnswer;
}

/** The test itself: comparisons and checks, and the replay of its goal. */
export interface Test {
  experiment: QueryAnswer;
  replay: QueryAnswer;
}

/** What comes of a choice: the experiment, and a remark when it was made for the user. */
export interface Choice {
  experiment: string;
  remark: string | null;
}

const DAY_MS = 86_400_000;

/** Asks about every experiment. @throws FailureError in the backend's words */
export async function readEverything(backend: Pick<Backend, 'query'>, now: number): Promise<QueryAnswer> {
  return demand(await ask(backend, { queryType: 'overview' }, now));
}

/**
 * The experiment to report on where none was asked for: the first that runs, else the first.
 * @throws FailureError when there is none
 */
export function chooseExperiment(everything: QueryAnswer): Choice {
  const rows = rowsOf(frameNamed(everything.frames, 'experiments'));
  const first = rows.find((row) => row.text('status') === 'active') ?? rows[0];
  if (!first) {
    throw new FailureError({
      class: 'config',
      field: '--experiment',
      message: 'No experiment is known.',
      fix: 'Write one down in provisioning/experiments, or run `uplift check` to see what the sources hold.',
    });
  }
  const experiment = first.text('experiment');
  const names = rows.map((row) => row.text('experiment')).join(', ');
  return {
    experiment,
    remark: rows.length > 1 ? `Reporting on ${experiment}, one of ${names}; choose with --experiment.` : null,
  };
}

/** @param breakdown a dimension whose segments are searched for one that should stay on the control */
export async function readNumbers(
  backend: Pick<Backend, 'query'>,
  experiment: string,
  now: number,
  breakdown?: string,
): Promise<Numbers> {
  const [overview, impact] = await Promise.all([
    ask(backend, { queryType: 'overview', experiment }, now),
    ask(backend, { queryType: 'impact', experiment, breakdown }, now),
  ]);
  return { overview, impact };
}

export async function readTest(backend: Pick<Backend, 'query'>, id: string, now: number): Promise<Test> {
  const query = { queryType: 'experiment', experiment: id } as const;
  const [experiment, replay] = await Promise.all([
    ask(backend, query, now),
    ask(backend, { ...query, format: 'timeseries' }, now),
  ]);
  return { experiment, replay };
}

interface AskedQuery {
  queryType: 'overview' | 'impact' | 'experiment';
  experiment?: string;
  breakdown?: string;
  format?: 'timeseries';
}

async function ask(backend: Pick<Backend, 'query'>, query: AskedQuery, now: number): Promise<QueryAnswer> {
  const range = { from: now - DAY_MS, to: now };
  const answers = await backend.query([
    { refId: 'A', queryType: query.queryType, json: { refId: 'A', ...query }, range },
  ]);
  return answers['A'] ?? { status: 500, frames: [], error: 'The backend left the query out.', errorSource: null };
}

/** @throws FailureError when an answer is an error */
export function demand(answer: QueryAnswer): QueryAnswer {
  if (answer.error !== null) {
    throw new FailureError({
      class: 'query',
      message: answer.error,
      fix: 'Run `uplift check` to see which source or definition is at fault.',
    });
  }
  return answer;
}
