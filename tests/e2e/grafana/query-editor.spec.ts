import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT } from './bundle';

test('a question about an experiment is built by choosing, and answered as a table', async ({
  panelEditPage,
  page,
  selectors,
}) => {
  await panelEditPage.datasource.set(DATA_SOURCE.name);
  await panelEditPage.setVisualization('Table');
  const row = panelEditPage.getQueryEditorRow('A');
  await row.getByRole('combobox', { name: 'Question' }).click();
  await page.getByRole('option', { name: /^Experiment/ }).click();
  await row.getByRole('combobox', { name: 'Experiment' }).click();
  await page.getByRole('option', { name: new RegExp(EXPERIMENT) }).click();
  await expect(panelEditPage.refreshPanel()).toBeOK();
  await expect(panelEditPage.panel.fieldNames.filter({ hasText: 'variant' }).first()).toBeVisible();
  await expect(panelEditPage.getByGrafanaSelector(selectors.components.Panels.Panel.status('error'))).toHaveCount(0);
});

test('Explore answers PromQL typed by hand', async ({ explorePage, page }) => {
  await explorePage.datasource.set(DATA_SOURCE.name);
  const row = explorePage.getQueryEditorRow('A');
  await row.getByRole('combobox', { name: 'Question' }).click();
  await page.getByRole('option', { name: /Prometheus/ }).click();
  await row.locator('.monaco-editor').first().click();
  await page.keyboard.type('sum by (model_name) (rate(ab_test_requests_total[5m]))');
  await expect(explorePage.runQuery()).toBeOK();
  await expect(page.getByText('baseline-predictor').first()).toBeVisible();
});
