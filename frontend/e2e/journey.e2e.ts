import { test as base, expect } from './test';
import { startProsa } from './prosa-server';
import { textIn, type Language } from './texts';

const LANGUAGES: readonly Language[] = ['pt-BR', 'en'];
/** Long enough to reload in the middle of it: 400 words at 20 ms. */
const LONG_ANSWER = Array.from({ length: 400 }, (_, i) => `palavra${String(i)}`).join(' ');

/** The first run needs a Prosa that nobody has used. */
const test = base.extend({
  home: async ({ wordMs }, use) => {
    const server = await startProsa(wordMs);
    await use(server.url);
    await server.stop();
  },
});

for (const language of LANGUAGES) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language === 'en' ? 'en-GB' : 'pt-BR' });

    test('should take a person from the first run to the trash and back', async ({
      page,
      home: url,
      isMobile,
    }) => {
      const t = textIn(language);
      const openHistory = async (): Promise<void> => {
        if (isMobile) await page.getByRole('button', { name: t('shell.openHistory') }).click();
      };
      const composer = page.getByLabel(t('composer.label'));
      const conversation = page.locator('app-history-item');
      const menuItem = (key: string) => page.getByRole('menuitem', { name: t(key) });

      await test.step('first run', async () => {
        await page.goto(url);
        await expect(page.getByRole('heading', { name: t('setup.greeting') })).toBeVisible();
        await page.getByLabel(t('field.displayName')).fill('Ana Souza');
        await page.getByLabel(t('field.username')).fill('ana');
        await page
          .getByLabel(t('field.password'), { exact: true })
          .fill('uma frase comprida, só minha');
        await page.getByRole('button', { name: t('setup.submit') }).click();
        await expect(page.getByRole('heading', { name: t('welcome.title') })).toBeVisible();
        await expect(page.getByText('fake-chat')).toBeVisible();
        await page.getByRole('link', { name: t('welcome.start') }).click();
        // A page that is still to come would close the history that is opened over it.
        await expect(page.getByLabel(t('composer.label'))).toBeVisible();
      });

      await test.step('sign out and in', async () => {
        await openHistory();
        await page
          .getByRole('button', { name: t('shell.yourMenu', { name: 'Ana Souza' }) })
          .click();
        await menuItem('action.signOut').click();
        await page.getByLabel(t('field.username')).fill('ana');
        await page.getByLabel(t('field.password'), { exact: true }).fill('errada');
        await page.getByRole('button', { name: t('signIn.submit') }).click();
        await expect(page.getByRole('alert')).toBeVisible();
        await page
          .getByLabel(t('field.password'), { exact: true })
          .fill('uma frase comprida, só minha');
        await page.getByRole('button', { name: t('signIn.submit') }).click();
        await expect(composer).toBeVisible();
      });

      await test.step('ask and watch it stream', async () => {
        await composer.fill(`Receita de pamonha\nsay: ${LONG_ANSWER}`);
        await composer.press('Enter');
        await expect(page).toHaveURL(/\/c\/\d+$/);
        const answer = page.locator('app-markdown');
        await expect(answer).toContainText('palavra5');
        await expect(answer).not.toContainText('palavra399');
        await expect(page.getByRole('button', { name: t('composer.stop') })).toBeVisible();
      });

      await test.step('reload in the middle', async () => {
        await page.reload();
        const answer = page.locator('app-markdown');
        await expect(answer).toContainText('palavra30');
        await expect(answer).not.toContainText('palavra399');
        await expect(answer).toContainText('palavra399', { timeout: 30_000 });
        await expect(answer).toHaveText(LONG_ANSWER);
        await expect(composer).toHaveValue('');
      });

      await test.step('find it by search', async () => {
        await page
          .getByRole('link', { name: t('shell.newConversation') })
          .or(page.getByRole('button', { name: t('shell.newConversation') }))
          .first()
          .click();
        await expect(page).toHaveURL(`${url}/`);
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox').fill('pamônha');
        const result = page.getByRole('option').first();
        await expect(result.locator('mark')).toHaveText(/pamonha/i);
        await page.keyboard.press('Enter');
        await expect(page.locator('app-prompt-block')).toContainText('Receita de pamonha');
      });

      await test.step('rename', async () => {
        await openHistory();
        await conversation.first().hover();
        await conversation.first().getByRole('button').click();
        await menuItem('action.rename').click();
        await page.getByLabel(t('history.newName')).fill('Pamonha da vó');
        await page.keyboard.press('Enter');
        await expect(conversation.first()).toContainText('Pamonha da vó');
        await expect(page).toHaveTitle(/Pamonha da vó/);
      });

      const remove = async (): Promise<void> => {
        await conversation.first().hover();
        await conversation.first().getByRole('button').click();
        await menuItem('action.delete').click();
        await expect(page.getByText(t('history.deleted'))).toBeVisible();
      };

      await test.step('delete and undo', async () => {
        await remove();
        await expect(conversation).toHaveCount(0);
        await page.getByRole('button', { name: t('action.undo') }).click();
        await openHistory();
        await expect(conversation.first()).toContainText('Pamonha da vó');
      });

      await test.step('delete, open the trash, restore', async () => {
        await remove();
        await page.goto(`${url}/trash`);
        await expect(page.getByRole('link', { name: 'Pamonha da vó' })).toBeVisible();
        await page.getByRole('button', { name: t('action.restore') }).click();
        await expect(page.getByText(t('trash.nothing'))).toBeVisible();
        await openHistory();
        await expect(conversation.first()).toContainText('Pamonha da vó');
      });
    });
  });
}
