/** The experiments of a data source, asked of its backend; the app reads them as any Grafana page would. */
import { getBackendSrv } from '@grafana/runtime';
import { z } from 'zod';
import { experimentChoiceSchema, type ExperimentChoice } from '../contract/resources';

/** @throws FetchError when the data source can't answer, ZodError when its answer is not a list of experiments */
export async function listExperiments(dataSourceUid: string): Promise<ExperimentChoice[]> {
  const answer: unknown = await getBackendSrv().get(
    `/api/datasources/uid/${encodeURIComponent(dataSourceUid)}/resources/experiments`,
  );
  return z.array(experimentChoiceSchema).parse(answer);
}
