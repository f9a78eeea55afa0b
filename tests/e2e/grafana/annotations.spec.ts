import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT } from './bundle';
import { choose } from './choose';

test('what happened to an experiment can be marked on a dashboard', async ({ annotationEditPage, page }) => {
  await annotationEditPage.datasource.set(DATA_SOURCE.name);
  await choose(page, page.getByRole('combobox', { name: 'Experiment', exact: true }), new RegExp(EXPERIMENT));
  await expect(annotationEditPage.runQuery()).toBeOK();
  await expect(annotationEditPage).toHaveAlert('success');
});
