import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { ADMIN, answered, ask, expect, signIn, t, test } from './test';

const box = (page: Page) => page.getByLabel(t('composer.label'));
const options = (page: Page) => page.getByRole('option');
const promptOf = (page: Page) => page.locator('app-prompt-block').last();

/** What the model was given, as the thread shows it. */
async function seeAsked(page: Page): Promise<void> {
  await promptOf(page)
    .getByRole('button', { name: t('commands.showAsked') })
    .click();
}

async function openActs(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: t('commands.more') }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test.describe('commands', () => {
  test('should be chosen by keyboard, asked as they say, and shown as they were typed', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    await box(page).pressSequentially('/TÁ');
    await expect(options(page)).toHaveCount(1);
    await expect(options(page)).toHaveAttribute('aria-selected', 'true');
    const id = await options(page).getAttribute('id');
    await expect(box(page)).toHaveAttribute('aria-activedescendant', String(id));
    await page.keyboard.press('Escape');
    await expect(options(page)).toHaveCount(0);
    await expect(box(page)).toHaveValue('/TÁ');

    await box(page).fill('/');
    await expect(options(page)).toHaveCount(5);
    await expectAccessible(page, 'command menu');
    await page.keyboard.press('ArrowUp');
    await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
    await box(page).pressSequentially('tab');
    await page.keyboard.press('Enter');
    await expect(box(page)).toHaveValue('/tabela ');
    await box(page).pressSequentially('capitais do Norte');
    await page.keyboard.press('Enter');
    await answered(page);
    await expect(promptOf(page)).toContainText('/tabela capitais do Norte');
    await seeAsked(page);
    await expect(promptOf(page)).toContainText('somente com uma tabela em Markdown');
    await expect(promptOf(page)).toContainText('Pedido: capitais do Norte');
    // The fake model says again what it was sent.
    await expect(page.locator('app-markdown').last()).toContainText('somente com uma tabela');
    await expectAccessible(page, 'command in the thread');

    await ask(page, '//tabela como texto');
    await answered(page);
    await expect(page.locator('app-markdown').last()).toContainText('/tabela como texto');
  });

  test('should be saved from what is typed, filled in, deleted and brought back', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    await box(page).fill('Escreva a {{cliente}} sobre {{assunto}}.');
    await openActs(page, t('commands.save'));
    await page.getByLabel(t('commands.name'), { exact: true }).fill('com espaço');
    await page.getByLabel(t('commands.titleField'), { exact: true }).fill('E-mail a um cliente');
    await expect(page.getByRole('dialog')).toContainText(
      t('commands.variables', { names: 'cliente, assunto' }),
    );
    await page.getByRole('button', { name: t('action.save') }).click();
    await expect(page.getByRole('alert')).toHaveText(t('commands.problem-name'));
    await expectAccessible(page, 'command refused');
    await page.getByLabel(t('commands.name'), { exact: true }).fill('/e-mail');
    await page.getByRole('button', { name: t('action.save') }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await box(page).fill('/e');
    await options(page).filter({ hasText: '/e-mail' }).click();
    await page.getByLabel('cliente').fill('Rosa, da Acme');
    await page.getByLabel('assunto').fill('o prazo\ndo contrato');
    await expectAccessible(page, 'values of a command');
    await page.getByRole('button', { name: t('commands.fill') }).click();
    await expect(box(page)).toHaveValue('Escreva a Rosa, da Acme sobre o prazo\ndo contrato.');
    await expect(box(page)).toBeFocused();

    await openActs(page, t('commands.manage'));
    const row = page.getByRole('listitem').filter({ hasText: '/e-mail' });
    await expect(row).toContainText('E-mail a um cliente');
    await row.getByRole('button', { name: t('commands.removeOf', { name: 'e-mail' }) }).click();
    await expect(page.getByRole('heading', { name: t('commands.empty') })).toBeVisible();
    await expectAccessible(page, 'no commands');
    await page.getByRole('button', { name: t('action.undo') }).click();
    await row.getByRole('button', { name: t('commands.changeOf', { name: 'e-mail' }) }).click();
    await page.getByLabel(t('commands.titleField'), { exact: true }).fill('Carta');
    await page.getByRole('button', { name: t('action.save') }).click();
    await page.reload();
    await expect(row).toContainText('Carta');
    await expectAccessible(page, 'commands');
  });

  test('should let an administrator change a built-in one and bring it back', async ({
    page,
    admin,
  }) => {
    expect(admin).not.toBe('');
    await signIn(page, ADMIN);
    await page.goto('/settings/commands');
    const row = page.getByRole('listitem').filter({ hasText: '/resumir' });
    await row.getByRole('button', { name: t('commands.changeOf', { name: 'resumir' }) }).click();
    await page.getByLabel(t('commands.text')).fill('say: {{texto}} resumido');
    await page.getByRole('button', { name: t('action.save') }).click();
    await expect(row).toContainText(t('commands.changed'));
    await page.goto('/');
    await ask(page, '/summarize tudo');
    await answered(page);
    await expect(page.locator('app-markdown').last()).toHaveText('tudo resumido');
    await page.goto('/settings/commands');
    await row.getByRole('button', { name: t('commands.restoreOf', { name: 'resumir' }) }).click();
    await expect(row).not.toContainText(t('commands.changed'));
    await row.getByText('/resumir').click();
    await expect(row).toContainText('cinco tópicos');
  });
});

test.describe('instructions', () => {
  test('should be kept for a person and for a conversation, which says that it has some', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    await page.goto('/settings');
    const own = page.getByRole('textbox', { name: t('instructions.own') });
    await own.fill('x'.repeat(4001));
    await expect(page.getByRole('alert')).toHaveText(t('instructions.tooLong'));
    await own.fill('Responda sem rodeios.');
    await expect(page.getByText(t('instructions.unsaved'))).toBeVisible();
    await expectAccessible(page, 'own instructions');
    await own.locator('xpath=ancestor::form').getByRole('button').click();
    await expect(page.getByText(t('instructions.saved'), { exact: true })).toBeVisible();
    await page.reload();
    await expect(own).toHaveValue('Responda sem rodeios.');

    await page.goto('/');
    await box(page).fill('um rascunho');
    await openActs(page, t('instructions.conversation'));
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Só em versos.');
    await expectAccessible(page, 'instructions of a conversation');
    await dialog.getByRole('button', { name: t('action.save') }).click();
    await expect(page).toHaveURL(/\/c\/\d+$/);
    await expect(box(page)).toHaveValue('um rascunho');
    const sign = page.getByRole('button', { name: t('instructions.on'), exact: true });
    await expect(sign).toBeVisible();
    await page.reload();
    await sign.click();
    await expect(dialog.getByRole('textbox')).toHaveValue('Só em versos.');
    await dialog.getByRole('textbox').fill('');
    await dialog.getByRole('button', { name: t('action.save') }).click();
    await expect(sign).toHaveCount(0);
  });
});
