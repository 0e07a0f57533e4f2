import { expectAccessible } from './accessibility';
import { startHub, startProsa, type HubUnderControl, type ProsaServer } from './prosa-server';
import { ADMIN, expect, signIn, t, test } from './test';

const TITLE = 'Gemma 3 1B';
const TOKEN = 'hf_a-token-for-nothing';
/** Of the fake's 476 kB. */
const HALF = 200_000;

test.describe('models on the server', () => {
  // Each look of axe takes seconds, on a busy machine many.
  test.describe.configure({ timeout: 180_000 });

  let hub: HubUnderControl;
  let own: ProsaServer;

  test.use({
    home: async ({ browserName: _ }, use) => {
      hub = await startHub();
      own = await startProsa(20, { HF_ENDPOINT: hub.url, HF_TOKEN: TOKEN, LLM_MODELS: '' });
      await use(own.url);
      await own.stop();
      await hub.stop();
    },
  });

  test.beforeEach(async ({ page, home, request }) => {
    const headers = { Origin: home };
    const made = await request.post(`${home}/api/setup`, {
      headers,
      data: { ...ADMIN, locale: 'pt-BR' },
    });
    expect(made.ok()).toBe(true);
    await signIn(page, ADMIN);
  });

  test('should go on while one is elsewhere, stop, go on, and be removed again', async ({
    page,
  }) => {
    await hub.behave({ stallAfter: HALF });
    await page.goto('/models');
    const download = page.getByRole('button', {
      name: t('modelFiles.downloadOf', { name: TITLE }),
    });
    await expect(download).toBeEnabled();
    await expectAccessible(page, 'models');
    const isTall = () => document.documentElement.scrollHeight > innerHeight;
    expect(await page.evaluate(isTall), 'the page scrolls inside, not the window').toBe(false);
    await download.click();
    const bar = page.getByRole('progressbar', {
      name: t('modelFiles.progressOf', { name: TITLE }),
    });
    await expect(bar).toHaveAttribute('value', String(HALF));
    await expectAccessible(page, 'models while one is downloaded');
    await page.goto('/');
    await page.goto('/models');
    await expect(bar).toHaveAttribute('value', String(HALF));
    await page.getByRole('button', { name: t('action.cancel') }).click();
    const resume = page.getByRole('button', { name: t('modelFiles.resumeOf', { name: TITLE }) });
    await expect(resume).toBeEnabled();
    await hub.behave({});
    await resume.click();
    await expect(page.getByText(t('modelFiles.done', { name: TITLE }))).toBeVisible();
    expect(await hub.lastRange()).toBe(`bytes=${String(HALF)}-`);
    await expectAccessible(page, 'models when one is here');
    await page.getByRole('button', { name: t('modelFiles.remove', { name: TITLE }) }).click();
    await expectAccessible(page, 'removing a model');
    await page.getByRole('button', { name: t('modelFiles.removeDo'), exact: true }).click();
    await expect(download).toBeEnabled();
  });

  test('should say why a model cannot be had', async ({ page }) => {
    await page.goto('/models');
    const name = page.getByLabel(t('modelFiles.name'));
    await name.fill('closed');
    await name.press('Enter');
    await expect(page.getByText(/“closed”/)).toBeVisible();
    await name.fill('ana/closed-GGUF');
    await name.press('Enter');
    await expect(page.getByRole('alert')).toContainText('HF_TOKEN');
    await expectAccessible(page, 'models that failed');
  });
});
