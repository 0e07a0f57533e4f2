import { answered, ask, expect, t, test } from './test';

test.describe('where the focus is', () => {
  test('should stay where one clicked when that ended a renaming', async ({ page, person }) => {
    await ask(page, 'say: um');
    await answered(page);
    expect(person.username).toBeTruthy();
    const row = page.locator('app-history-item').first();
    await row.hover();
    await row.locator('.icon-button').click();
    await page.getByRole('menuitem', { name: t('action.rename') }).click();
    await page.getByLabel(t('history.newName')).fill('Nome novo');
    await page.getByLabel(t('composer.label')).click();
    await expect(row).toContainText('Nome novo');
    await page.keyboard.type('continua aqui');
    await expect(page.getByLabel(t('composer.label'))).toHaveValue('continua aqui');
  });

  test('should go along with a conversation that is pinned', async ({ page, person }) => {
    await ask(page, 'Primeira');
    await answered(page);
    await page.goto('/');
    await ask(page, `Segunda, de ${person.username}`);
    await answered(page);
    const row = page.locator('app-history-item', { hasText: 'Primeira' });
    await row.hover();
    await row.locator('.icon-button').click();
    await page.getByRole('menuitem', { name: t('action.pin'), exact: true }).click();
    await expect(page.getByRole('heading', { name: t('history.pinned') })).toBeVisible();
    await expect(page.locator('app-history-item:focus-within')).toContainText('Primeira');
  });

  test('should be in the search as soon as its keys are pressed', async ({ page, person }) => {
    expect(person.username).toBeTruthy();
    await page.getByLabel(t('composer.label')).focus();
    const before = await page.locator('main').boundingBox();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('coração de Ana');
    await expect(page.getByLabel(t('search.label'), { exact: true })).toHaveValue('coração de Ana');
    await expect(page.getByLabel(t('composer.label'))).toHaveValue('');
    // The page behind stays as it is.
    expect(await page.locator('main').boundingBox()).toEqual(before);
  });
});

test.describe('what is at an address', () => {
  test('should be said to be missing where no conversation can be', async ({ page, person }) => {
    expect(person.username).toBeTruthy();
    await page.goto('/c/abc');
    await expect(page.getByRole('heading', { name: t('chat.missing') })).toBeVisible();
  });

  test('should be loaded afresh when the server has a newer build', async ({ page, person }) => {
    expect(person.username).toBeTruthy();
    // The code of the page is gone, once: what an upgrade does to a page that was open before.
    await page.route(/\/chunk-.*\.js$/, (route) => route.fulfill({ status: 404, body: '' }), {
      times: 1,
    });
    await page.getByRole('button', { name: person.username }).click();
    await page.getByRole('menuitem', { name: t('trash.title') }).click();
    await expect(page.getByRole('heading', { name: t('trash.title') })).toBeVisible();
    await expect(page).toHaveURL('/trash');
  });
});

test('should run each block of an answer in its own direction', async ({ page, person }) => {
  await ask(page, `say-json: ${JSON.stringify(`Olá, ${person.username}\n\nשלום לכולם.`)}`);
  await answered(page);
  const directions = await page
    .locator('app-markup-block')
    .evaluateAll((blocks) => blocks.map((block) => getComputedStyle(block).direction));
  expect(directions).toEqual(['ltr', 'rtl']);
});

test('should print the conversation and nothing to click', async ({ page, person }) => {
  await ask(page, `say: ${person.username}`);
  await answered(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('app-markup-block')).toBeVisible();
  await expect(page.locator('app-sidebar')).toBeHidden();
  await expect(page.getByRole('button')).toHaveCount(0);
});
