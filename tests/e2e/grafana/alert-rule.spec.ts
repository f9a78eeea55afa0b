import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT } from './bundle';
import { choose } from './choose';

test('a rule on an experiment asks for numbers by itself and is evaluated', async ({ alertRuleEditPage, page }) => {
  await alertRuleEditPage.alertRuleNameField.fill('e2e');
  const query = await alertRuleEditPage.getQueryRow();
  await query.datasource.set(DATA_SOURCE.name);
  await expect(page.getByRole('combobox', { name: 'Format', exact: true })).toHaveValue('Numeric');
  await choose(page, page.getByRole('combobox', { name: 'Experiment', exact: true }), new RegExp(EXPERIMENT));
  await expect(alertRuleEditPage.evaluate()).toBeOK();
  // Grafana may evaluate twice, and the model would still be reading the second answer.
  await page.unrouteAll({ behavior: 'wait' });
});
