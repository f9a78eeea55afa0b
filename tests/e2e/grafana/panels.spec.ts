import { expect, test } from '@grafana/plugin-e2e';
import { DASHBOARDS, EXPERIMENT } from './bundle';

for (const { uid } of DASHBOARDS) {
  test(`the provisioned dashboard ${uid} draws every panel without an error`, async ({ gotoDashboardPage, page }) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const dashboard = await gotoDashboardPage({ uid });
    await dashboard.waitForPanelsQueriesToComplete({ scrollAll: true, timeout: 60_000 });
    await expect(dashboard).not.toHavePanelErrors();
    await expect(page.getByText('Panel plugin not found')).toHaveCount(0);
    expect(faults).toEqual([]);
  });
}

test('the live dashboard compares the variants and says where the numbers come from', async ({
  gotoDashboardPage,
  page,
}) => {
  const dashboard = await gotoDashboardPage({
    uid: 'uplift-live-ab',
    queryParams: new URLSearchParams({ 'var-experiment': EXPERIMENT }),
  });
  const comparison = dashboard.getPanelById('1').locator;
  await expect(comparison.getByText('baseline').first()).toBeVisible();
  await expect(comparison.getByText('enhanced').first()).toBeVisible();
  await expect(page.getByText('LIVE').first()).toBeVisible();
});
