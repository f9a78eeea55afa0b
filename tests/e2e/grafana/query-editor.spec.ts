import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE, EXPERIMENT } from './bundle';
import { choose } from './choose';
import comparisonPanel from '../../../src/panels/comparison/plugin.json' with { type: 'json' };

test('a question about an experiment is built by choosing, and answered in our panel', async ({
  panelEditPage,
  page,
  selectors,
}) => {
  await panelEditPage.datasource.set(DATA_SOURCE.name);
  await panelEditPage.setVisualization(comparisonPanel.name);
  const row = panelEditPage.getQueryEditorRow('A');
  await choose(page, row.getByRole('combobox', { name: 'Question' }), /^Experiment/);
  await choose(page, row.getByRole('combobox', { name: 'Experiment', exact: true }), new RegExp(EXPERIMENT));
  await expect(panelEditPage.refreshPanel()).toBeOK();
  await expect(panelEditPage.panel.locator.getByText('Accuracy').first()).toBeVisible();
  await expect(panelEditPage.getByGrafanaSelector(selectors.components.Panels.Panel.status('error'))).toHaveCount(0);
});

test('Explore answers a link with PromQL in it', async ({ page }) => {
  const query = { refId: 'A', queryType: 'prometheus', expr: 'sum by (model_name) (rate(ab_test_requests_total[5m]))' };
  const pane = { datasource: DATA_SOURCE.uid, queries: [query], range: { from: 'now-3h', to: 'now' } };
  const panes = encodeURIComponent(JSON.stringify({ a: pane }));
  await page.goto(`/explore?schemaVersion=1&orgId=1&panes=${panes}`);
  await expect(page.getByRole('combobox', { name: 'Question' })).toHaveValue('PromQL');
  await expect(page.getByText('baseline-predictor').first()).toBeVisible();
});
