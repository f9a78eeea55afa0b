import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT } from './bundle';

test('a rule on an experiment asks for numbers by itself and is evaluated', async ({ alertRuleEditPage, page }) => {
  await alertRuleEditPage.alertRuleNameField.fill('e2e');
  const query = await alertRuleEditPage.getQueryRow();
  await query.datasource.set(DATA_SOURCE.name);
  await expect(page.getByRole('combobox', { name: 'Format', exact: true })).toHaveValue('Numeric');
  await page.getByRole('combobox', { name: 'Experiment', exact: true }).click();
  await page.getByRole('option', { name: new RegExp(EXPERIMENT) }).click();
  await expect(alertRuleEditPage.evaluate()).toBeOK();
});
