import type { Page } from '@playwright/test';
import HOSTILE_PAYLOADS from '../../testing/hostile-payloads.json' with { type: 'json' };
import { expectAccessible } from './accessibility';
import { answered, ask, expect, t, test } from './test';

async function expectInert(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  const dangerous = 'app-markdown :is(script, img, iframe, object, embed, form, input, style, svg)';
  await expect(page.locator(`${dangerous}:not(app-icon svg)`)).toHaveCount(0);
  const links = await page
    .locator('app-markdown a[href]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  for (const href of links) expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
}

test.describe('hostile text of a model', () => {
  test('should be inert while it streams, after a reload, in titles and in search', async ({
    page,
    person,
  }) => {
    test.setTimeout(120_000);
    expect(person.username).not.toBe('');
    const text = HOSTILE_PAYLOADS.join('\n\n');
    const title = '<img src=x onerror=window.hacked=1> pagamento';
    await ask(page, `${title}\nsay-json: ${JSON.stringify(text)}`);
    await expect(page.locator('app-markdown')).toContainText('fundo', { timeout: 60_000 });
    await expectInert(page);
    await answered(page);
    await expectInert(page);
    await page.reload();
    await answered(page);
    await expectInert(page);
    await expect(page.locator('app-history-item a').first()).toContainText('<img src=x');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('segredo');
    await expect(page.getByRole('option').first()).toContainText('<img src=x');
    expect(
      await page.locator('app-history-search :is(img, script, svg:not(app-icon svg))').count(),
    ).toBe(0);
    await expectInert(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('link', { name: 'conta (evil.test)' })).toHaveAttribute(
      'title',
      'evil.test',
    );
    await expect(page.getByLabel(t('composer.label'))).toBeVisible();
  });

  test('should show the address of a link to a stranger before anything is opened', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    // What carries data openly is taken out by the rails: this one is only long.
    const address =
      'https://evil.test/banco.com.br/o-segredo-que-foi-dito/nesta-conversa/e-mais-um-pouco/de-tudo';
    // Written so that the question itself does not name the site.
    const link = JSON.stringify(`[sua conta](${address})`).replace('evil.', 'evil\\u002e');
    await ask(page, `Onde vejo minha conta?\nsay-json: ${link}`);
    await answered(page);
    await page.reload();
    await expect(page.locator('app-markdown')).toContainText('sua conta');
    await expect(page.locator('app-markdown a[href]')).toHaveCount(0);

    const button = page.getByRole('button', { name: 'sua conta (evil.test)' });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: t('links.title', { host: 'evil.test' }) });
    await expect(dialog.locator('.address')).toHaveText(address);
    await expect(dialog.locator('.address strong')).toHaveText('evil.test');
    await expect(dialog.getByRole('listitem')).toHaveCount(2);
    await expectAccessible(page, 'link to a stranger');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(button).toBeFocused();
    expect(page.context().pages()).toHaveLength(1);
  });
});
