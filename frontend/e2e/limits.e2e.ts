import type { APIRequestContext, Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import type { ProsaServer } from './prosa-server';
import { ADMIN, answered, ask, expect, signIn, t, test } from './test';

interface PersonLimit {
  readonly measure: 'requests' | 'tokens';
  /** The end of a day comes in the middle of a test more often. */
  readonly period: 'month';
  readonly amount: number;
}

/** Sets limits of one person, as an administrator's program would. */
function limitsOf(request: APIRequestContext, prosa: ProsaServer, admin: string) {
  const options = { headers: { Origin: prosa.url, Authorization: `Bearer ${admin}` } };
  const idOf = async (username: string): Promise<number> => {
    const response = await request.get(`${prosa.url}/api/users?limit=100`, options);
    const { items } = (await response.json()) as { items: { id: number; username: string }[] };
    const person = items.find((one) => one.username === username.toLowerCase());
    if (!person) throw new Error(`Nobody is called ${username}`);
    return person.id;
  };
  return {
    put: async (username: string, limit: PersonLimit): Promise<number> => {
      const data = { scope: 'person', userId: await idOf(username), ...limit };
      const response = await request.put(`${prosa.url}/api/limits`, { ...options, data });
      expect(response.ok(), await response.text()).toBe(true);
      return ((await response.json()) as { id: number }).id;
    },
    remove: async (id: number): Promise<void> => {
      const response = await request.delete(`${prosa.url}/api/limits/${String(id)}`, options);
      expect(response.status()).toBe(204);
    },
  };
}

/** Longer than any. */
const MONTH_MS = 32 * 86_400_000;

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const amountBox = (page: Page) => page.getByLabel(t('limits.amount'), { exact: true });
const send = (page: Page) => page.getByRole('button', { name: t('composer.send') });

test.describe('limits', () => {
  test('should be made, changed, removed and brought back by an administrator', async ({
    page,
    admin,
  }) => {
    expect(admin).not.toBe('');
    await signIn(page, ADMIN);
    await page.goto('/limits');
    await expect(page.getByRole('heading', { name: t('limits.empty') })).toBeVisible();
    await expectAccessible(page, 'no limits');

    await page.getByRole('button', { name: t('limits.new') }).click();
    await expect(page.getByLabel(t('limits.who'))).toBeVisible();
    await page.getByLabel(t('limits.what')).selectOption('usd');
    await page.getByLabel(t('limits.period')).selectOption('month');
    await amountBox(page).fill('1250.50');
    await page.getByRole('button', { name: t('limits.create') }).click();
    await expect(page.getByRole('alert')).toHaveText(
      t('limits.problem-separator', { example: '2,50' }),
    );
    await expectAccessible(page, 'limit refused');
    await amountBox(page).fill('1.250,50');
    await expectAccessible(page, 'new limit');
    await page.keyboard.press('Enter');
    const budget = row(page, 'US$ 1.250,50 por mês');
    await expect(budget).toBeVisible();
    await expect(page.getByText('America/Sao_Paulo')).toBeVisible();

    await page.getByRole('button', { name: t('limits.new') }).click();
    await page.getByLabel(t('limits.who')).selectOption('person');
    await page.getByLabel(t('limits.person'), { exact: true }).fill(ADMIN.username);
    await page.getByLabel(t('limits.what')).selectOption('openRuns');
    await amountBox(page).fill('50');
    await page.getByRole('button', { name: t('limits.create') }).click();
    const runs = row(page, '50 respostas ao mesmo tempo');
    await expect(runs).toContainText(`${ADMIN.username}:`);
    await expectAccessible(page, 'limits');

    await budget.getByRole('button').first().click();
    await expect(amountBox(page)).toHaveValue('1.250,50');
    await amountBox(page).fill('1.300');
    await page.getByRole('button', { name: t('action.save') }).click();
    await expect(row(page, 'US$ 1.300,00 por mês')).toBeVisible();
    await expect(budget).toHaveCount(0);

    await runs.getByRole('button').last().click();
    await expect(runs).toHaveCount(0);
    await page.getByRole('button', { name: t('action.undo') }).click();
    await expect(runs).toBeVisible();
    await page.reload();
    await expect(runs).toBeVisible();
    // What this test made must not bound the others.
    await runs.getByRole('button').last().click();
    await row(page, 'US$ 1.300,00 por mês').getByRole('button').last().click();
    await expect(page.getByRole('heading', { name: t('limits.empty') })).toBeVisible();
    await expect(page.getByRole('button', { name: t('action.undo') })).toHaveCount(2);
    await page.reload();
    await expect(page.getByRole('heading', { name: t('limits.empty') })).toBeVisible();
  });

  test('should say what is left, keep the prompt when nothing is, and go on when it renews', async ({
    page,
    person,
    prosa,
    admin,
    request,
  }) => {
    const limits = limitsOf(request, prosa, admin);
    const id = await limits.put(person.username, {
      measure: 'requests',
      period: 'month',
      amount: 3,
    });
    await page.clock.install();
    await page.reload();
    const composer = page.getByLabel(t('composer.label'));
    await ask(page, 'say: um');
    await answered(page);
    await ask(page, 'say: dois');
    await answered(page);
    // One of three is a third of them: not near yet, and nothing is said.
    await expect(page.locator('app-left-notice')).toBeEmpty();
    await ask(page, 'say: três');
    await answered(page);
    const none = t('limits.none-requests', { during: t('limits.during-month') });
    await expect(page.locator('app-left-notice')).toContainText(none);
    await expectAccessible(page, 'limit near');

    await ask(page, 'say: quatro');
    const note = page.getByRole('alert');
    await expect(note).toContainText('Você chegou ao seu limite de 3 perguntas por mês.');
    await expect(note).toContainText(/Renova .+ \(em .+\)/);
    await expect(composer).toHaveValue('say: quatro');
    await expect(send(page)).toBeDisabled();
    await expectAccessible(page, 'limit reached');

    await limits.remove(id);
    // Beyond the end of the month, by the browser's clock; again, as no timer counts so far.
    await page.clock.fastForward(MONTH_MS);
    await page.clock.fastForward('02:00');
    await expect(note).toContainText(t('limits.over'));
    await page.getByRole('button', { name: t('action.tryAgain') }).click();
    await expect(page.locator('app-markdown').last()).toHaveText('quatro');
    await expect(composer).toHaveValue('');
  });

  test('should fail an answer that the conversation makes too long for what is left', async ({
    page,
    person,
    prosa,
    admin,
    request,
  }) => {
    const limits = limitsOf(request, prosa, admin);
    await ask(page, `${'palavra '.repeat(1500)}\nsay: oi`);
    await answered(page);
    // Enough for a short question and the longest answer, not for the conversation before it.
    await limits.put(person.username, { measure: 'tokens', period: 'month', amount: 6000 });
    await ask(page, 'say: mais');
    const state = page.locator('app-post-state').last();
    await expect(state).toContainText(t('chat.failedAnswer'));
    await expect(state).toContainText(/Renova .+ \(em .+\)\./);
    await expect(state.getByRole('button', { name: t('action.tryAgain') })).toHaveCount(0);
    await expect(state.getByRole('button', { name: t('chat.editPrompt') })).toBeVisible();
    await expectAccessible(page, 'answer without room');
  });
});
