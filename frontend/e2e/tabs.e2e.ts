import { answered, ask, expect, signIn, t, test } from './test';

test.describe('several tabs', () => {
  test('should all stay signed in when ten are reloaded at once, three times', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    const pages = [page];
    for (let i = 1; i < 10; i++) pages.push(await page.context().newPage());
    await Promise.all(pages.slice(1).map((tab) => tab.goto('/')));
    for (let round = 0; round < 3; round++) {
      await Promise.all(pages.map((tab) => tab.reload()));
      for (const tab of pages) await expect(tab.getByLabel(t('composer.label'))).toBeVisible();
    }
    await ask(page, 'say: ainda aqui');
    await answered(page);
  });

  test('should share the history, the answer and the end of the session', async ({
    page,
    person,
  }) => {
    const other = await page.context().newPage();
    await other.goto('/');
    await expect(other.getByLabel(t('composer.label'))).toBeVisible();
    const words = Array.from({ length: 150 }, (_, i) => `w${String(i)}`).join(' ');
    await ask(page, `Vista por duas abas\nsay: ${words}`);
    await other.getByRole('link', { name: 'Vista por duas abas' }).click();
    await answered(other);
    await expect(other.locator('app-markdown')).toHaveText(words);
    await page.bringToFront();
    await answered(page);
    await expect(page.locator('app-markdown')).toHaveText(words);

    await page
      .getByRole('button', { name: t('shell.yourMenu', { name: person.username }) })
      .click();
    await page.getByRole('menuitem', { name: t('action.signOut') }).click();
    await expect(other).toHaveURL(/sign-in/);
    await signIn(page, person);
    await expect(other.getByLabel(t('composer.label'))).toBeVisible();
  });
});
