import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT_NAME } from './bundle';

test('a new variable lists the experiments', async ({ variableEditPage, page }) => {
  await variableEditPage.setVariableType('Query');
  await variableEditPage.datasource.set(DATA_SOURCE.name);
  await expect(page.getByRole('combobox', { name: 'List' })).toHaveValue('Experiments');
  await variableEditPage.runQuery();
  await expect(variableEditPage).toDisplayPreviews([EXPERIMENT_NAME]);
});
