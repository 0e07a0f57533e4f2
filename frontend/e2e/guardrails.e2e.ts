import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { ADMIN, answered, ask, expect, signIn, t, test } from './test';

const RUDE = 'Resuma o contrato, seu babaca.';
const CPF = '529.982.247-25';

const lastPost = (page: Page) => page.locator('app-post-view').last();

test.describe('guardrails', () => {
  test('should hold a prompt back, give what was typed again, and hear that it was wrong', async ({
    page,
    person,
    home,
    admin,
  }) => {
    await ask(page, RUDE);
    const post = lastPost(page);
    await expect(post).toContainText(t('chat.blocked'));
    await expect(post).toContainText('não foi guardada nem enviada');
    await expect(post.locator('app-receipt')).toHaveCount(0);
    await expect(post.getByRole('button', { name: t('chat.regenerate') })).toHaveCount(0);
    await expect(page.locator('.visually-hidden[aria-live]')).toContainText('não são aceitos aqui');
    await expectAccessible(page, 'blocked prompt');
    const edit = post.locator('app-post-state').getByRole('button', { name: t('chat.editPrompt') });
    const box = post.getByRole('textbox', { name: t('chat.editPrompt') });
    await edit.click();
    await expect(box).toHaveValue(RUDE);
    await page.keyboard.press('Escape');

    await post.getByRole('button', { name: t('guardrails.reportWrong') }).click();
    await expect(page.getByText(t('guardrails.reportedWrong'))).toBeVisible();

    await page.reload();
    await expect(post).toContainText(t('guardrails.reportedBy'));
    await expect(page.locator('main')).not.toContainText('babaca');
    await edit.click();
    await expect(box).toHaveValue('');
    await box.fill('Resuma o contrato, por favor.');
    await post.getByRole('button', { name: t('chat.askAgain') }).click();
    await answered(page);
    await expect(post).toContainText('You said: Resuma o contrato, por favor.');

    const events = await page.request.get(`${home}/api/guardrails/events?reported=true`, {
      headers: { Authorization: `Bearer ${admin}` },
    });
    const { items } = (await events.json()) as { items: { username: string; rule: string }[] };
    expect(items).toMatchObject([{ username: person.username, rule: 'insults-pt' }]);
  });

  test('should say that a CPF was hidden and show it to the person, after a reload as well', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    await ask(page, `Repita: meu CPF é ${CPF}.`);
    await answered(page);
    const post = lastPost(page);
    const answer = post.locator('app-markdown');
    await expect(answer).toHaveText(`You said: Repita: meu CPF é ${CPF}.`);
    await page.reload();
    await expect(answer).toHaveText(`You said: Repita: meu CPF é ${CPF}.`);
    await expect(post.locator('app-prompt-block')).toContainText(CPF);
    await expect(post.locator('app-rail-notes')).toContainText('Dados pessoais foram ocultados');
    // The title is stored with a placeholder, and shown as the person wrote it.
    await expect(page.getByRole('link', { name: `Repita: meu CPF é ${CPF}.` })).toBeVisible();
    await expectAccessible(page, 'masked prompt');

    await ask(page, 'Olá');
    await expect(post.locator('app-rail-notes')).toContainText('Resposta pronta');
    await expect(post.locator('app-receipt')).toHaveCount(0);
    await expect(post.getByText('fake-chat')).toHaveCount(0);
  });

  test('should take a policy from an error over a comparison into force, and back', async ({
    page,
    admin,
  }) => {
    expect(admin).not.toBe('');
    await signIn(page, ADMIN);
    await page.goto('/guardrails');
    await page.getByRole('link', { name: t('guardrails.edit') }).click();
    const file = page.getByRole('textbox', { name: 'config.yml' });
    await expect(page.getByText(t('guardrails.fine'))).toBeVisible();
    const before = await file.inputValue();
    const lines = before.split('\n');
    const at = lines.indexOf('  blocked-terms:') + 1;
    expect(lines[at]).toBe('    input: block');
    const withLine = (line: string): string => lines.with(at, line).join('\n');

    await file.fill(withLine('    input: blok'));
    const place = t('guardrails.place', { file: 'config.yml', line: String(at + 1) });
    await page.getByRole('button', { name: place }).click();
    await expect(file).toBeFocused();
    const caret = await file.evaluate((box: HTMLTextAreaElement) => ({
      line: box.value.slice(0, box.selectionStart).split('\n').length,
      shown: box.scrollTop > 0 && box.clientHeight < box.scrollHeight,
    }));
    expect(caret).toEqual({ line: at + 1, shown: true });
    await expect(page.getByRole('button', { name: t('guardrails.saveDraft') })).toBeDisabled();
    await expectAccessible(page, 'policy with an error');

    await page.reload();
    await expect(file).toHaveValue(withLine('    input: blok'));
    await file.fill(withLine('    input: flag'));
    await expect(page.getByText(t('guardrails.fine'))).toBeVisible();
    await page.getByLabel(t('guardrails.note')).fill('Termos só sinalizados');
    await file.press('Control+s');
    await expect(page).toHaveURL(/\/policies\/(?!1$)\d+$/);

    await page.getByRole('button', { name: t('guardrails.compare'), exact: true }).click();
    await page
      .getByLabel(t('guardrails.benchLabel'))
      .fill(`{"text":"${RUDE}","label":"attack"}\n{"text":"Bom trabalho","label":"benign"}`);
    await page.getByRole('button', { name: t('guardrails.benchDo') }).click();
    const missed = page.getByRole('row', { name: t('guardrails.count-missed') });
    await expect(missed.getByRole('cell')).toHaveText(['0', '1']);
    await expect(page.locator('app-change-list li')).toHaveCount(1);
    await expect(page.locator('app-change-list mark')).toHaveText('babaca');
    await expectAccessible(page, 'comparison');

    await page.getByRole('button', { name: /^Publicar a versão/ }).click();
    await expect(page.locator('thead .tag.good')).toHaveCount(1);
    await page.goto('/guardrails');
    const inForce = page.getByRole('region', { name: t('guardrails.inForce') });
    await expect(inForce).toContainText('Termos só sinalizados');
    await page.getByRole('button', { name: t('guardrails.rollBack') }).click();
    await expect(inForce).toContainText(t('guardrails.source-built-in'));
    await expectAccessible(page, 'policies');
    await page.getByRole('link', { name: t('guardrails.events') }).click();
    await expect(page.getByRole('heading', { name: t('guardrails.events') })).toBeVisible();
    await expect(page.locator('app-page-state .skeleton')).toHaveCount(0);
    await expectAccessible(page, 'hits');
  });
});
