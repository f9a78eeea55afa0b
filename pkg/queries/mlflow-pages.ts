/** Addresses in MLflow's own page, for links from annotations and tables. */
import type { QueryContext } from './context';

/** Where MLflow's page is; undefined where it is not known, and where nobody is signed in: an address is nobody's business. */
export function mlflowPage({ instance, isAnonymous }: QueryContext): string | undefined {
  return isAnonymous === true ? undefined : instance.settings.mlflow?.uiUrl?.replace(/\/+$/, '');
}

export const runPage = (page: string, experiment: string, run: string): string =>
  `${page}/#/experiments/${encodeURIComponent(experiment)}/runs/${encodeURIComponent(run)}`;

export const modelPage = (page: string, model: string, version: string): string =>
  `${page}/#/models/${encodeURIComponent(model)}/versions/${encodeURIComponent(version)}`;

/** A data link on a column of run ids, in a table whose rows name their experiment's id. */
export const runLink = (page: string) => ({
  title: 'Open in MLflow',
  url: `${page}/#/experiments/\${__data.fields.experiment_id}/runs/\${__value.raw}`,
  targetBlank: true,
});
