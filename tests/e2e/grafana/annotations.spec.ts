import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT } from './bundle';

test('what happened to an experiment can be marked on a dashboard', async ({ annotationEditPage, page }) => {
  await annotationEditPage.datasource.set(DATA_SOURCE.name);
  await page.getByRole('combobox', { name: 'Experiment', exact: true }).click();
  await page.getByRole('option', { name: new RegExp(EXPERIMENT) }).click();
  await expect(annotationEditPage.runQuery()).toBeOK();
  await expect(annotationEditPage).toHaveAlert('success');
});
