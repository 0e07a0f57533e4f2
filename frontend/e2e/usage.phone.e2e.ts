import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { ADMIN, answered, ask, expect, signIn, t, test } from './test';

/** How far the page and its main part can be scrolled sideways, in pixels. */
const excess = (page: Page): Promise<number> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main')].reduce(
      (most, { scrollWidth, clientWidth }) => Math.max(most, scrollWidth - clientWidth),
      0,
    ),
  );

test.describe('receipt and usage on a phone', () => {
  test('should open the receipt with a tap, and fit every page of usage', async ({
    page,
    person,
    admin,
  }) => {
    expect(admin).not.toBe('');
    await page.setViewportSize({ width: 360, height: 740 });
    await ask(page, `say: de ${person.username}`);
    await answered(page);
    const receipt = page.locator('app-receipt');
    await expect(receipt).not.toContainText(t('receipt.prompt'));
    await receipt.getByRole('button').tap();
    await expect(receipt).toContainText(t('receipt.prompt'));
    const box = await receipt.getByRole('group').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
    await expectAccessible(page, 'phone receipt');

    await page.goto('/usage');
    await expect(page.locator('app-usage-table')).toBeVisible();
    expect(await excess(page)).toBe(0);
    await expectAccessible(page, 'phone usage');
    await page.context().clearCookies();
    await signIn(page, ADMIN);
    await page.goto('/usage/team?by=person');
    await page.getByText(t('usage.range-custom'), { exact: true }).tap();
    await page.getByText(t('usage.numbers')).tap();
    await expect(page.locator('app-chart-numbers')).toBeVisible();
    expect(await excess(page)).toBe(0);
    await expectAccessible(page, 'phone team usage');
  });
});
