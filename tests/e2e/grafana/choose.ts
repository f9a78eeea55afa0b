import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/**
 * Takes an option of a list by keyboard. With the mouse Grafana itself may crash the page: its tooltips set their state anew
 * each time React attaches them, until React gives up with error 185 (grafana/grafana#130469).
 */
export async function choose(page: Page, list: Locator, name: RegExp): Promise<void> {
  await list.focus();
  await list.press('ArrowDown');
  const option = page.getByRole('option', { name }).first();
  await expect(option).toBeVisible();
  await expect(async () => {
    if ((await option.getAttribute('aria-selected')) !== 'true') {
      await list.press('ArrowDown');
    }
    await expect(option).toHaveAttribute('aria-selected', 'true', { timeout: 1_000 });
  }).toPass();
  await list.press('Enter');
  await expect(option).toBeHidden();
}
