import { expectAccessible } from './accessibility';
import { answered, expect, t, test } from './test';

const TEXT = 'Ficou decidido comprar o café da cooperativa de Lambari por dois anos.';

test.describe('attachments that are no files', () => {
  test('should be answered from, taken away and brought back', async ({ page, person }) => {
    expect(person).toBeTruthy();
    const box = page.getByLabel(t('composer.label'));
    await box.fill('De quem ficou decidido comprar o café?');
    await page.getByRole('button', { name: t('commands.more') }).click();
    await page.getByRole('menuitem', { name: t('knowledge.attachText') }).click();
    const dialog = page.getByRole('dialog', { name: t('knowledge.attachText') });
    await expectAccessible(page, 'pasted text');
    await dialog.getByLabel(t('knowledge.textTitle')).fill('Ata de novembro');
    await dialog.getByLabel(t('knowledge.text'), { exact: true }).fill(TEXT);
    await dialog.getByRole('button', { name: t('knowledge.add') }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL(/\/c\/\d+$/);
    const attachments = page.getByRole('list', { name: t('knowledge.attachments') });
    await expect(attachments).toContainText('Ata de novembro');

    const remove = t('knowledge.detach', { name: 'Ata de novembro' });
    await page.getByRole('button', { name: remove }).click();
    await expect(attachments).toHaveCount(0);
    await page.getByRole('button', { name: t('action.undo') }).click();
    await expect(attachments).toContainText('Ata de novembro');

    const send = page.getByRole('button', { name: t('composer.send') });
    await expect(send).toBeEnabled({ timeout: 30_000 });
    await send.click();
    await answered(page);
    await page.locator('.sources .source').first().click();
    const panel = page.getByRole('complementary', { name: t('sources.title') });
    await expect(panel).toContainText('cooperativa de Lambari');

    await page.goto('/knowledge');
    await expect(page.getByRole('progressbar', { name: /usados de/ })).toBeVisible();
    await expectAccessible(page, 'knowledge without collections');
  });
});
