import { ADMIN, expect, signIn, t, test } from './test';

test.describe('people', () => {
  test('should take somebody from a first password to one of their own', async ({
    page,
    admin,
    browser,
    home,
  }) => {
    expect(admin).not.toBe('');
    await signIn(page, ADMIN);
    await page.goto('/people');
    await page.getByRole('button', { name: t('people.new') }).click();
    await page.getByLabel(t('field.username')).fill('bruno');
    await page.getByRole('button', { name: t('people.create') }).click();
    const password = await page.locator('app-copy-line code').textContent();
    await page.getByRole('button', { name: t('action.done') }).click();
    await expect(page.getByText(t('people.mustChange'))).toBeVisible();

    const context = await browser.newContext({ baseURL: home, locale: 'pt-BR' });
    const theirs = await context.newPage();
    await theirs.goto('/settings');
    await theirs.getByLabel(t('field.username')).fill('bruno');
    await theirs.getByLabel(t('field.password'), { exact: true }).fill(password ?? '');
    await theirs.getByRole('button', { name: t('signIn.submit') }).click();
    await expect(theirs.getByRole('heading', { name: t('newPassword.title') })).toBeVisible();
    await expect(theirs).toHaveURL('/new-password?next=%2Fsettings');
    await theirs.goto('/');
    await expect(theirs).toHaveURL('/new-password');
    await theirs.goto('/trash');
    await expect(theirs).toHaveURL('/new-password?next=%2Ftrash');
    await theirs.getByLabel(t('field.currentPassword')).fill(password ?? '');
    await theirs.getByLabel(t('field.newPassword')).fill('curta');
    await theirs.getByRole('button', { name: t('newPassword.submit') }).click();
    await expect(theirs.getByRole('alert')).toBeVisible();
    await theirs.getByLabel(t('field.newPassword')).fill('uma frase que é só do bruno');
    await theirs.getByRole('button', { name: t('newPassword.submit') }).click();
    await expect(theirs).toHaveURL('/trash');
    await expect(theirs.getByText(t('trash.nothing'))).toBeVisible();
    await theirs.goto('/people');
    await expect(theirs).toHaveURL('/');

    await page.reload();
    const options = page.getByRole('button', { name: t('people.menuOf', { name: 'bruno' }) });
    await options.click();
    await page.getByRole('menuitem', { name: t('people.suspend') }).click();
    await expect(page.getByText(t('people.suspended'), { exact: true })).toBeVisible();
    await options.click();
    await page.getByRole('menuitem', { name: t('action.delete') }).click();
    const remove = page.getByRole('button', { name: t('people.deleteDo') });
    await expect(remove).toBeDisabled();
    await page.getByLabel(t('people.deleteType', { name: 'bruno' })).fill('bruno');
    await remove.click();
    await expect(options).toHaveCount(0);
    await context.close();
  });

  test('should keep the language, the theme and the name a person chose', async ({
    page,
    person,
  }) => {
    expect(person.username).not.toBe('');
    await page.goto('/settings');
    await page.getByLabel(t('field.displayName')).fill('Dona Flor');
    await page
      .getByRole('button', { name: t('action.save') })
      .first()
      .click();
    await expect(page.getByText(t('settings.saved'))).toBeVisible();
    await page.getByLabel(t('settings.theme-dark')).check();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.getByLabel('English').check();
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Dona');
  });
});
