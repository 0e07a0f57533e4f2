import { answered, ask, expect, signIn, t, test } from './test';

test.describe('the tree of a conversation', () => {
  test('should go on from a post in a new conversation, and lead back', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'Receita\nsay: primeira');
    await answered(page);
    await ask(page, 'say: segunda');
    await answered(page);
    const address = page.url();
    const first = page.locator('app-post-view').first();
    await first.hover();
    await first.getByRole('button', { name: t('shell.actions') }).click();
    await page.getByRole('menuitem', { name: t('tree.branch') }).click();
    await expect(page).not.toHaveURL(address);
    await expect(page.getByText(t('tree.branchedHere'))).toBeVisible();
    await expect(page.locator('app-markdown')).toHaveText(['primeira']);
    await expect(page.getByLabel(t('composer.label'))).toBeFocused();
    await expect(page.locator('app-history-item')).toHaveCount(2);
    const branches = page.locator('app-history-item').getByRole('link', {
      name: t('history.branch'),
    });
    await expect(branches).toHaveCount(1);
    await expect(branches).toHaveAttribute('aria-current', 'page');
    await ask(page, 'say: outra');
    await answered(page);
    await expect(page.locator('app-markdown')).toHaveText(['primeira', 'outra']);
    await page.reload();
    await page.getByRole('link', { name: t('tree.seeOrigin') }).click();
    await expect(page).toHaveURL(new RegExp(`^${address}\\?post=\\d+$`));
    await expect(page.locator('app-markdown')).toHaveText(['primeira', 'segunda']);
    await expect(page.getByText(t('tree.branchedHere'))).toHaveCount(0);
  });

  test('should show another version while one is being written, here and on another device', async ({
    page,
    browser,
    home,
    person,
  }) => {
    await ask(page, 'say: antiga');
    await answered(page);
    await ask(page, 'say: e depois');
    await answered(page);
    const first = page.locator('app-post-view').first();
    await first.hover();
    await first.getByRole('button', { name: t('chat.editPrompt') }).click();
    const box = page.getByRole('textbox', { name: t('chat.editPrompt') });
    await box.fill('fault: {"restAfter":3}\nsay: um dois três quatro');
    await page.getByRole('button', { name: t('chat.askAgain') }).click();
    await expect(page.locator('app-markdown')).toHaveText(['um dois']);
    await page.getByRole('button', { name: t('chat.versionBefore') }).click();
    await expect(page.locator('app-markdown')).toHaveText(['antiga', 'e depois']);
    // This one is the first: the focus went to where one can step on.
    await expect(page.getByRole('button', { name: t('chat.versionAfter') })).toBeFocused();
    await page.reload();
    await expect(page.locator('app-markdown')).toHaveText(['antiga', 'e depois']);

    const phone = await browser.newPage({ baseURL: home });
    await signIn(phone, person);
    await phone.goto(page.url());
    await expect(phone.locator('app-markdown')).toHaveText(['antiga', 'e depois']);
    await phone
      .getByRole('button', { name: t('chat.versionAfter') })
      .first()
      .click();
    await expect(phone.locator('app-markdown')).toHaveText(['um dois']);
    await phone.getByRole('button', { name: t('composer.stop') }).click();
    await expect(phone.getByText(t('chat.stopped'))).toBeVisible();
    await phone.close();
    await page.reload();
    // The word that the rails held back until another followed was checked at the end.
    await expect(page.locator('app-markdown')).toHaveText(['um dois três']);
    await expect(page.getByText(t('chat.stopped'))).toBeVisible();
  });

  test('should keep the focus in the thread when an answer takes the place of another', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'say: antiga');
    await answered(page);
    const post = page.locator('app-post-view');
    await page.getByRole('button', { name: t('chat.regenerate') }).press('Enter');
    await page.getByRole('menuitem', { name: t('chat.regenerateSame') }).press('Enter');
    await expect(page.getByText('2/2')).toBeVisible();
    await expect(post).toBeFocused();
    await answered(page);
    await expect(post).toBeFocused();
    // From there one goes on by Tab, to what can be done with the new answer.
    await page.keyboard.press('Tab');
    await expect(post.getByRole('button', { name: t('chat.versionBefore') })).toBeFocused();

    await page.getByRole('button', { name: t('chat.editPrompt') }).press('Enter');
    const box = page.getByRole('textbox', { name: t('chat.editPrompt') });
    await box.fill('say: nova');
    await box.press('Control+Enter');
    await expect(page.locator('app-markdown')).toHaveText(['nova']);
    await expect(post).toBeFocused();

    // Refused, the answer that was to be replaced is there again, and has it.
    const message = 'As regras não puderam ser verificadas.';
    const json = { error: { code: 'GUARDRAIL.FAILED', message } };
    await page.route('**/regenerate', (route) => route.fulfill({ status: 503, json }));
    await answered(page);
    await page.getByRole('button', { name: t('chat.regenerate') }).press('Enter');
    await page.getByRole('menuitem', { name: t('chat.regenerateSame') }).press('Enter');
    await expect(page.getByText(message)).toBeVisible();
    await expect(page.locator('app-markdown')).toHaveText(['nova']);
    await expect(post).toBeFocused();
  });

  test('should give the focus back when a note is answered or closed', async ({ page, person }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'say: milho');
    await answered(page);
    const pin = page.getByRole('button', { name: t('window.pin') });
    await pin.press('Enter');
    await expect(pin).toHaveAttribute('aria-pressed', 'true');
    const note = page.locator('app-toast-list');
    await note.getByRole('button', { name: t('action.undo') }).press('Enter');
    await expect(pin).toHaveAttribute('aria-pressed', 'false');
    await expect(pin).toBeFocused();
    await note
      .getByRole('button', { name: t('action.dismiss') })
      .first()
      .press('Enter');
    await expect(pin).toBeFocused();
  });
});
