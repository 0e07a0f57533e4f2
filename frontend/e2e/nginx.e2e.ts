import { test as base, expect } from './test';
import { startNginx, startProsa } from './prosa-server';
import { textIn } from './texts';

const t = textIn('pt-BR');
const SETUP_TOKEN = 'o código da primeira vez';
const PASSWORD = 'uma frase comprida, só minha';
/** Long enough to reload in the middle of it: 400 words at 20 ms. */
const LONG_ANSWER = Array.from({ length: 400 }, (_, i) => `palavra${String(i)}`).join(' ');

/** A Prosa that nobody has used, behind the nginx of the frontend's image. */
const test = base.extend({
  home: async ({ wordMs }, use) => {
    const prosa = await startProsa(wordMs, { TRUST_PROXY: '1', SETUP_TOKEN });
    const nginx = await startNginx(prosa);
    await use(nginx.url);
    await nginx.stop();
    await prosa.stop();
  },
});

test('should take a person through nginx from the first run to an answer and back in', async ({
  page,
  home: url,
}) => {
  await test.step('first run, with the code, since a proxy is in between', async () => {
    await page.goto(url);
    await page.getByLabel(t('setup.code')).fill(SETUP_TOKEN);
    await page.getByLabel(t('field.displayName')).fill('Ana Souza');
    await page.getByLabel(t('field.username')).fill('ana');
    await page.getByLabel(t('field.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('setup.submit') }).click();
    await page.getByRole('link', { name: t('welcome.start') }).click();
  });

  const answer = page.locator('app-markdown');
  await test.step('ask and watch it stream', async () => {
    const composer = page.getByLabel(t('composer.label'));
    await composer.fill(`Receita de pamonha\nsay: ${LONG_ANSWER}`);
    await composer.press('Enter');
    await expect(page).toHaveURL(/\/c\/\d+$/);
    await expect(answer).toContainText('palavra5');
    await expect(answer).not.toContainText('palavra399');
  });

  await test.step('reload in the middle, on a page that only the app knows', async () => {
    await page.reload();
    await expect(answer).toContainText('palavra30');
    await expect(answer).not.toContainText('palavra399');
    await expect(answer).toHaveText(LONG_ANSWER, { timeout: 30_000 });
  });

  await test.step('sign out and in', async () => {
    await page.getByRole('button', { name: t('shell.yourMenu', { name: 'Ana Souza' }) }).click();
    await page.getByRole('menuitem', { name: t('action.signOut') }).click();
    await page.getByLabel(t('field.username')).fill('ana');
    await page.getByLabel(t('field.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await expect(page.locator('app-history-item')).toHaveCount(1);
  });
});
