import { answered, ask, expect, signIn, t, test } from './test';

test.describe('a conversation', () => {
  test('should stop, go on, answer again and walk between the versions', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    const words = Array.from({ length: 200 }, (_, i) => `w${String(i)}`).join(' ');
    await ask(page, `Conte\nsay: ${words}`);
    await expect(page.locator('app-markdown')).toContainText('w5');
    await page.getByRole('button', { name: t('composer.stop') }).click();
    await expect(page.getByText(t('chat.stopped'))).toBeVisible();
    await expect(page.locator('app-markdown')).not.toContainText('w199');
    const before = await page.locator('app-markdown').textContent();

    await page.getByRole('button', { name: t('chat.continue') }).click();
    await answered(page);
    expect(await page.locator('app-markdown').textContent()).toContain(before ?? 'nothing');

    await page.getByRole('button', { name: t('chat.editPrompt') }).click();
    await page.getByRole('textbox', { name: t('chat.editPrompt') }).fill('say: editada');
    await page.getByRole('button', { name: t('chat.askAgain') }).click();
    await expect(page.locator('app-markdown')).toHaveText('editada');
    await expect(page.locator('.siblings')).toContainText('2/2');
    await page.getByRole('button', { name: t('chat.versionBefore') }).click();
    await expect(page.locator('app-prompt-block')).toContainText('Conte');
    await expect(page.locator('.siblings')).toContainText('1/2');
    await page.getByRole('button', { name: t('chat.versionAfter') }).click();
    await expect(page.locator('app-markdown')).toHaveText('editada');

    await page.getByRole('button', { name: t('chat.regenerate') }).click();
    await page.getByRole('menuitem', { name: t('chat.regenerateSame') }).click();
    await expect(page.locator('.siblings')).toContainText('3/3');
    await page.reload();
    await expect(page.locator('.siblings')).toContainText('3/3');
  });

  test('should say what became of an answer that failed, and try again', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'Oi\nfault: {"status":401}');
    await expect(page.getByText(t('chat.noModel'))).toBeVisible();
    await ask(page, 'Oi de novo\nfault: {"dieAfter":3}\nsay: um dois três quatro cinco');
    await expect(page.getByText(t('chat.interrupted'))).toBeVisible();
    await expect(page.locator('app-markdown').last()).toContainText('um dois');
  });

  test('should keep what was typed when the network is gone', async ({ page, context, person }) => {
    expect(person.username).not.toBe('');
    const composer = page.getByLabel(t('composer.label'));
    await context.setOffline(true);
    await expect(page.getByText(t('shell.offline'))).toBeVisible();
    await ask(page, 'say: voltei');
    await expect(page.getByRole('alert')).toContainText(t('failure.offline'));
    await expect(composer).toHaveValue('say: voltei');
    await context.setOffline(false);
    await page.getByRole('button', { name: t('action.tryAgain') }).click();
    await expect(page.locator('app-markdown')).toHaveText('voltei');
    await expect(composer).toHaveValue('');
  });

  test('should make no conversation of a first prompt that is refused', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    const composer = page.getByLabel(t('composer.label'));
    // More than the window of the model holds; the meter, which would say so first, knows nothing.
    await page.route('**/api/context', (route) => route.abort());
    const prompt = 'palavra '.repeat(20_000);
    await ask(page, prompt);
    await expect(page.getByRole('alert')).toContainText(t('composer.kept'));
    await expect(composer).toHaveValue(prompt);
    await expect(page.getByText(t('history.empty'))).toBeVisible();
    await page.reload();
    await expect(composer).toHaveValue(prompt);
    await expect(page.getByText(t('history.empty'))).toBeVisible();
    await ask(page, 'say: uma só');
    await answered(page);
    await expect(page.locator('app-history-item')).toHaveCount(1);
  });

  test('should show conversations read before while the server is away', async ({
    page,
    context,
    person,
  }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'say: a primeira');
    await answered(page);
    await page.getByRole('link', { name: t('shell.newConversation') }).click();
    await ask(page, 'say: a segunda');
    await answered(page);
    await context.setOffline(true);
    await page.locator('app-history-item a', { hasText: 'a primeira' }).click();
    await expect(page.locator('app-markdown')).toHaveText('a primeira');
    await expect(page.getByText(t('chat.kept'))).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText(t('chat.kept'))).toHaveCount(0);
    await expect(page.locator('app-markdown')).toHaveText('a primeira');
  });

  test('should give the id of a request that failed by a fault of the server', async ({
    page,
    context,
    person,
  }) => {
    expect(person.username).not.toBe('');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask(page, 'say: oi');
    await answered(page);
    const id = '1f2e3d4c-0000-4000-8000-000000000000';
    const error = { code: 'SERVER.ERROR', message: 'Algo deu errado do nosso lado.' };
    await page.route('**/api/posts/*/feedback', (route) =>
      route.fulfill({ status: 500, headers: { 'X-Request-Id': id }, json: { error } }),
    );
    await page.getByRole('button', { name: t('chat.good') }).click();
    await expect(page.getByText(t('failure.id', { id: '1f2e3d4c' }))).toBeVisible();
    const copy = page.getByRole('button', { name: t('failure.copyId') });
    await page.setViewportSize({ width: 390, height: 844 });
    // On one line also where there is little room.
    expect((await copy.boundingBox())?.height).toBeLessThan(40);
    await copy.click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);
  });

  test('should keep the draft of each conversation over reload and sign-out', async ({
    page,
    person,
  }) => {
    const composer = page.getByLabel(t('composer.label'));
    await ask(page, 'say: primeira');
    await answered(page);
    await composer.fill('rascunho da primeira');
    await page.getByRole('link', { name: t('shell.newConversation') }).click();
    await expect(composer).toHaveValue('');
    await composer.fill('rascunho da nova');
    await page.reload();
    await expect(composer).toHaveValue('rascunho da nova');
    await page
      .getByRole('button', { name: t('shell.yourMenu', { name: person.username }) })
      .click();
    await page.getByRole('menuitem', { name: t('action.signOut') }).click();
    await expect(page).toHaveURL(/sign-in/);
    await signIn(page, person);
    await expect(composer).toHaveValue('rascunho da nova');
    await page.locator('app-history-item a').first().click();
    await expect(composer).toHaveValue('rascunho da primeira');
    await composer.fill('');
    await composer.press('ArrowUp');
    await expect(composer).toHaveValue('say: primeira');
  });

  test('should be read out once, when it is finished', async ({ page, person }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'say: uma resposta de várias palavras para ouvir');
    const live = page.locator('[aria-live="polite"]', { hasText: t('chat.answered') });
    await expect(live).toHaveCount(0);
    await answered(page);
    await expect(live).toHaveText(
      `${t('chat.answered')} uma resposta de várias palavras para ouvir`,
    );
  });

  test('should stay where the person reads and offer the way to the end', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    const paragraphs = Array.from({ length: 60 }, (_, i) => `Parágrafo ${String(i)}.`).join('\n\n');
    await ask(page, `say-json: ${JSON.stringify(paragraphs)}`);
    const scroller = page.locator('.scroller');
    await expect(page.locator('app-markdown')).toContainText('Parágrafo 40');
    await scroller.evaluate((element) => element.scrollTo(0, 0));
    await expect(page.getByRole('button', { name: t('chat.toEnd') })).toBeVisible();
    await answered(page);
    expect(await scroller.evaluate((element) => element.scrollTop)).toBe(0);
    await page.getByRole('button', { name: t('chat.toEnd') }).click();
    await expect(page.getByText('Parágrafo 59.', { exact: true })).toBeInViewport();
  });
});
