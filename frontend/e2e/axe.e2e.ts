import { expectAccessible } from './accessibility';
import { ADMIN, answered, ask, expect, signIn, t, test } from './test';

const RICH = `# Título

Texto com **negrito**, \`código\`, [link](https://exemplo.com) e ~~riscado~~.

> Citação

| Mês | Valor |
|---|--:|
| 1 | 10 |

\`\`\`python
def soma(a: int) -> int:  # comentário
    return a + 1 if a else "nada"
\`\`\`

- [x] feito
1. um`;

test.describe('accessibility', () => {
  test('should have no violation before one is inside', async ({ page, admin }) => {
    expect(admin).not.toBe('');
    await page.goto('/sign-in');
    await expect(page.getByLabel(t('field.username'))).toBeVisible();
    await expectAccessible(page, 'sign-in');
    await page.getByLabel(t('field.username')).fill('ninguém');
    await page.getByLabel(t('field.password'), { exact: true }).fill('errada');
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessible(page, 'sign-in refused');
  });

  test('should have no violation in a conversation', async ({ page, person }) => {
    expect(person.username).not.toBe('');
    await expectAccessible(page, 'new conversation');
    await ask(page, `say-json: ${JSON.stringify(RICH)}`);
    await answered(page);
    await expect(page.locator('.hljs-keyword').first()).toBeVisible();
    await expectAccessible(page, 'conversation');
    await ask(page, 'Oi\nfault: {"dieAfter":2}\nsay: um dois três');
    await expect(page.getByText(t('chat.interrupted'))).toBeVisible();
    await ask(page, 'Oi\nfault: {"status":401}');
    await expect(page.getByText(t('chat.noModel'))).toBeVisible();
    await expectAccessible(page, 'states');
    await page
      .getByRole('button', { name: t('chat.editPrompt') })
      .first()
      .click();
    await expectAccessible(page, 'editing');
    await page.getByRole('button', { name: t('action.cancel') }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('negrito');
    await expect(page.getByRole('option')).toHaveCount(1);
    await expectAccessible(page, 'search');
    await page.keyboard.press('Escape');
    await page.locator('app-history-item').first().hover();
    await page.locator('app-history-item').first().getByRole('button').click();
    await expectAccessible(page, 'menu');
    await page.getByRole('menuitem', { name: t('action.delete') }).click();
    await expect(page.getByText(t('history.deleted'))).toBeVisible();
    await expectAccessible(page, 'toast');
    await page.goto('/trash');
    await expect(page.getByRole('button', { name: t('action.restore') })).toBeVisible();
    await expectAccessible(page, 'trash');
    await page.goto('/settings');
    await expect(page.getByLabel(t('field.displayName'))).toBeVisible();
    await expectAccessible(page, 'settings');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'shortcuts');
    await page.goto('/c/999999');
    await expect(page.getByText(t('chat.missing'))).toBeVisible();
    await expectAccessible(page, 'missing');
  });

  test('should have no violation for an administrator', async ({ page, admin }) => {
    expect(admin).not.toBe('');
    await signIn(page, ADMIN);
    await page.goto('/welcome');
    await expect(page.getByText('fake-chat')).toBeVisible();
    await expectAccessible(page, 'welcome');
    await page.goto('/people');
    await expect(page.locator('li strong').first()).toBeVisible();
    await expectAccessible(page, 'people');
    await page.getByRole('button', { name: t('people.new') }).click();
    await expectAccessible(page, 'new person');
    await page.goto('/guardrails/replays');
    await expect(page.getByRole('heading', { name: t('guardrails.noReplays') })).toBeVisible();
    await expectAccessible(page, 'replays');
  });
});
