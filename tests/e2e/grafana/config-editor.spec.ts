import { expect, test } from '@grafana/plugin-e2e';
import { DATA_SOURCE } from './bundle';

test('a data source without any address says what to fill in', async ({ createDataSourceConfigPage }) => {
  const page = await createDataSourceConfigPage({ type: DATA_SOURCE.type });
  await expect(page.saveAndTest()).not.toBeOK();
  await expect(page).toHaveAlert('error', { hasText: 'No source is configured' });
});

test('the provisioned one reaches its sources, and keeps its passwords to itself', async ({
  gotoDataSourceConfigPage,
  page,
}) => {
  const configPage = await gotoDataSourceConfigPage(DATA_SOURCE.uid);
  await expect(page.getByRole('textbox', { name: /^Host/ }).first()).not.toHaveValue('');
  await expect(page.locator('input[value="configured"]').first()).toBeDisabled();
  await expect(configPage.saveAndTest()).toBeOK();
  await expect(configPage).toHaveAlert('success', { hasText: 'Prometheus: ok' });
  await page.getByRole('button', { name: 'Test Prometheus' }).click();
  await expect(page.getByText(/experiments, \d+ variants/).first()).toBeVisible();
});
