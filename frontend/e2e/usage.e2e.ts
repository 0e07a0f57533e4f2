import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { startProsa } from './prosa-server';
import { ADMIN, answered, ask, expect, signIn, t, test as base } from './test';

/** 2.5 and 10 dollars a million tokens: the fake counts, so that each answer has its exact price. */
const MODELS = `models:
  - id: openai/fake-chat
    prices: { input: 2.5, output: 10, asOf: 2026-11-01, source: contrato }
  - id: openai/fake-unpriced
    fallback: false
`;

/** A Prosa that knows what one of its models costs, and not what the other does. */
const test = base.extend<object, object>({
  prosa: [
    async ({ wordMs }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'prosa-models-'));
      const file = join(folder, 'models.yaml');
      await writeFile(file, MODELS);
      const server = await startProsa(wordMs, { LLM_MODELS: '', MODELS_FILE: file });
      await use(server);
      await server.stop();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

const receipt = (page: Page) => page.locator('app-receipt').last();

/** What is shown, with plain spaces. */
const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).last().innerText()).replaceAll(/\s+/g, ' ');

async function askAnother(page: Page, prompt: string): Promise<void> {
  await page.getByRole('button', { name: t('models.choose', { name: 'fake-chat' }) }).click();
  await page.getByRole('menuitemradio', { name: /fake-unpriced/ }).click();
  await ask(page, prompt);
  await answered(page);
}

test.describe('receipts and usage', () => {
  test('should say under an answer what it took, also when it is read again', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'say: uma resposta de seis palavras aqui');
    await answered(page);
    const summary = receipt(page).getByRole('button');
    await expect(summary).toContainText('fake-chat');
    await expect(summary).toContainText(/US\$\s0,\d+/);
    await expect(summary).toHaveAttribute('aria-expanded', 'false');
    const live = await textOf(page, 'app-receipt');
    await summary.click();
    await expect(receipt(page)).toContainText('contrato, 1 de nov. de 2026');
    await expectAccessible(page, 'receipt');
    await page.reload();
    await expect(summary).toBeVisible();
    expect(await textOf(page, 'app-receipt')).toBe(live);

    await askAnother(page, 'say: outra');
    await expect(receipt(page)).toContainText('fake-unpriced');
    await expect(receipt(page)).toContainText(t('receipt.unknown'));
  });

  test('should show a person what they used this month', async ({ page, person }) => {
    expect(person.username).not.toBe('');
    await page.goto('/usage');
    await expect(page.getByRole('heading', { name: /Nenhum uso em/ })).toBeVisible();
    await expectAccessible(page, 'no usage');
    await page
      .getByRole('link', { name: t('shell.newConversation') })
      .last()
      .click();
    await ask(page, 'say: olá');
    await answered(page);
    await askAnother(page, 'say: outra');

    await page
      .getByRole('button', { name: t('shell.yourMenu', { name: person.username }) })
      .click();
    await page.getByRole('menuitem', { name: t('usage.title') }).click();
    await expect(page.getByRole('heading', { name: t('usage.yours') })).toBeVisible();
    const tiles = page.locator('app-usage-tiles');
    await expect(tiles).toContainText(/≥\sUS\$/);
    await expect(tiles).toContainText(t('usage.unpricedOne', { count: '1' }));
    await expect(page.getByRole('img', { name: t('usage.day-cost') })).toBeVisible();
    const rows = page.locator('app-usage-table tbody tr');
    await expect(rows).toHaveCount(2);
    await expect(rows.filter({ hasText: 'fake-unpriced' })).toContainText(t('usage.unknown'));
    await page.getByText(t('usage.numbers')).click();
    await expect(page.locator('app-chart-numbers tbody tr')).toHaveCount(1);
    await expectAccessible(page, 'own usage');

    await page.locator('app-usage-chart').getByText(t('usage.measure-calls')).click();
    await expect(page.getByRole('img', { name: t('usage.day-calls') })).toBeVisible();
    await page.getByRole('button', { name: t('usage.monthBefore') }).click();
    await expect(page).toHaveURL(/month=\d{4}-\d\d/);
    await expect(page.getByRole('heading', { name: /Nenhum uso em/ })).toBeVisible();
    await page.goBack();
    await expect(rows).toHaveCount(2);
    await expect(page.getByRole('button', { name: t('usage.monthAfter') })).toBeDisabled();
    await page.goto('/usage/team');
    await expect(page).toHaveURL('/');
  });
});

test.describe('the usage of a team', () => {
  test.beforeEach(async ({ page, person, admin }) => {
    expect(admin).not.toBe('');
    await ask(page, `say: de ${person.username}`);
    await answered(page);
    await askAnother(page, 'say: outra');
    await page.context().clearCookies();
    await signIn(page, ADMIN);
  });

  test('should lead from a person to their days, by keyboard too', async ({ page, person }) => {
    await page.goto('/usage');
    await page.getByRole('link', { name: t('usage.team') }).click();
    await page.getByText(t('usage.by-person'), { exact: true }).click();
    await expect(page).toHaveURL(/by=person/);
    const row = page.getByRole('row', { name: person.username });
    await expect(row).toContainText(/≥\sUS\$/);
    await expectAccessible(page, 'team usage');

    const header = page.locator('app-usage-table th', { hasText: t('usage.by-person') });
    await header.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
    await page.keyboard.press('Enter');
    await expect(header).toHaveAttribute('aria-sort', 'descending');

    await row.getByRole('button', { name: person.username }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/userId=\d+&by=day|by=day&userId=\d+/);
    const chip = page.getByRole('listitem').filter({ hasText: `Pessoa: ${person.username}` });
    await expect(chip).toBeVisible();
    const rows = page.locator('app-usage-table tbody tr');
    await expect(rows).toHaveCount(1);
    // Anywhere on the row, not only on its name.
    await rows.first().locator('td').last().click();
    await expect(page).toHaveURL(/by=person/);
    await page.reload();
    await expect(chip).toBeVisible();
    await expect(rows).toHaveCount(1);
    await chip.getByRole('button').click();
    await expect(chip).toHaveCount(0);
    await expect(page).not.toHaveURL(/userId/);
  });

  test('should give what is shown as a file for a spreadsheet', async ({ page, person }) => {
    await page.goto('/usage/team?by=person');
    await expect(page.getByRole('row', { name: person.username })).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: t('usage.csv') }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^prosa-uso-\d{4}-\d\d-01-\d{4}-\d\d-\d\d\.csv$/);
    const csv = await readFile(await file.path(), 'utf8');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv).toContain(person.username);
    expect(csv.split('\r\n')[0]).toMatch(/day.*userId.*username/);
  });

  test('should say what is wrong with days, and begin again from a failure', async ({ page }) => {
    await page.goto('/usage/team');
    await page.getByText(t('usage.range-custom'), { exact: true }).click();
    await page.getByLabel(t('usage.from'), { exact: true }).fill('2026-11-20');
    await page.getByLabel(t('usage.to'), { exact: true }).fill('2026-11-10');
    await expect(page.getByText(t('usage.range-backwards'))).toBeVisible();
    await expectAccessible(page, 'wrong days');
    await page.getByLabel(t('usage.from'), { exact: true }).fill('2020-01-01');
    await page.getByLabel(t('usage.to'), { exact: true }).fill('2020-01-31');
    await expect(page).toHaveURL(/from=2020-01-01&to=2020-01-31/);
    await expect(page.getByRole('heading', { name: t('usage.nothing') })).toBeVisible();
    await page.context().setOffline(true);
    await page.getByText(t('usage.range-lastMonth')).click();
    await expect(page.getByRole('alert')).toContainText(t('failure.offline'));
    await page.context().setOffline(false);
    await page.getByRole('button', { name: t('action.tryAgain') }).click();
    await expect(page.getByRole('heading', { name: t('usage.nothing') })).toBeVisible();
    await page.getByRole('button', { name: t('usage.showMonth') }).click();
    await expect(page.locator('app-usage-table tbody tr')).toHaveCount(2);
  });

  test('should draw in the colours of the theme that is chosen', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto('/usage/team');
    const canvas = page.locator('canvas');
    /** Empty until something is drawn. */
    const picture = (): Promise<string> =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const blank = document.createElement('canvas');
        Object.assign(blank, { width: element.width, height: element.height });
        const drawn = element.toDataURL();
        return drawn === blank.toDataURL() ? '' : drawn;
      });
    await expect.poll(picture).not.toBe('');
    const light = await picture();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(picture).not.toBe(light);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(picture).toBe(light);
  });
});
