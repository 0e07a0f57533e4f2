import { expectAccessible } from './accessibility';
import { startProsa } from './prosa-server';
import { ADMIN, answered, ask, expect, signIn, test as base } from './test';

/** A Prosa with two models, of which the second answers where the first cannot. */
const test = base.extend({
  home: async ({ wordMs, request }, use) => {
    const prosa = await startProsa(wordMs, { LLM_MODELS: 'openai/primeiro,openai/segundo' });
    const data = { ...ADMIN, locale: 'pt-BR' };
    await request.post(`${prosa.url}/api/setup`, { headers: { Origin: prosa.url }, data });
    await use(prosa.url);
    await prosa.stop();
  },
});

test('should say which model answers in place of the one that was asked', async ({ page }) => {
  await signIn(page, ADMIN);
  await ask(page, 'Oi\nfault: {"model":"primeiro","status":500}\nsay: olá');
  const notice = page.locator('.notice');
  await expect(notice).toHaveText('O modelo primeiro não respondeu. Quem responde é segundo.');
  await answered(page);
  await expect(page.locator('app-markdown')).toHaveText('olá');
  await expect(notice).toBeVisible();
  await expectAccessible(page, 'fallback');
});
