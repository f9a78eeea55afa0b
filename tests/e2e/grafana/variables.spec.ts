import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT } from './bundle';

test('a variable lists the experiments', async ({ variableEditPage, page }) => {
  await variableEditPage.setVariableType('Query');
  await variableEditPage.datasource.set(DATA_SOURCE.name);
  await page.getByRole('combobox', { name: 'List' }).click();
  await page.getByRole('option', { name: 'Experiments', exact: true }).click();
  await variableEditPage.runQuery();
  await expect(variableEditPage).toDisplayPreviews([EXPERIMENT]);
});
