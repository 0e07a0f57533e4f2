import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import type { ContextUse } from '../src/app/api/contract';
import { expectAccessible } from './accessibility';
import { startProsa } from './prosa-server';
import { ADMIN, answered, ask, expect, signIn, t, test as base } from './test';

/** Room for three of the test's turns beside the answer; the second has room for all of them. */
const MODELS = `
models:
  - id: openai/pequeno
    contextWindow: 2048
    maxOutputTokens: 512
  - id: openai/grande
    contextWindow: 64000
`;

/** A Prosa whose first model reads little; `summaryModel` sums up what falls out of its window. */
const test = base.extend<{ readonly summaryModel: string }>({
  summaryModel: ['off', { option: true }],
  home: async ({ summaryModel, request }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'prosa-e2e-models-'));
    const file = join(folder, 'models.yaml');
    await writeFile(file, MODELS);
    const prosa = await startProsa(0, {
      MODELS_FILE: file,
      LLM_MODELS: '',
      SUMMARY_MODEL: summaryModel,
    });
    const data = { ...ADMIN, locale: 'pt-BR' };
    await request.post(`${prosa.url}/api/setup`, { headers: { Origin: prosa.url }, data });
    await use(prosa.url);
    await prosa.stop();
    await rm(folder, { recursive: true });
  },
});

/** A Prosa, and a page of it. */
interface Prosa {
  readonly page: Page;
  readonly home: string;
  /** Not the page's: what it signs in with is its own. */
  readonly request: APIRequestContext;
}

/** The headers of a session that is not the page's. */
async function signedIn({ home, request }: Prosa): Promise<Record<string, string>> {
  const headers = { Origin: home };
  const login = await request.post(`${home}/api/auth/login`, { headers, data: ADMIN });
  const { accessToken } = (await login.json()) as { readonly accessToken: string };
  return { ...headers, Authorization: `Bearer ${accessToken}` };
}

/** What the server itself says of the window of the page's conversation. */
async function counted(prosa: Prosa, prompt: string): Promise<ContextUse> {
  const { page, home, request } = prosa;
  const conversation = /\/c\/\d+/.exec(page.url())?.[0].replace('/c', '/conversations') ?? '';
  const response = await request.post(`${home}/api${conversation}/context`, {
    headers: await signedIn(prosa),
    data: { prompt, model: 'openai/pequeno' },
  });
  expect(response.ok()).toBe(true);
  return (await response.json()) as ContextUse;
}

/** So many that some fall out. */
const TURNS = 5;
/** So many that a summary of those that fell out pays. */
const SUMMED_TURNS = 12;

const count = (number: number): string => new Intl.NumberFormat('pt-BR').format(number);
const words = (number: number, word: string): string => `${word} `.repeat(number).trim();

test('should show what the model reads, and let one decide it', async ({ page, home, request }) => {
  test.setTimeout(180_000);
  await signIn(page, ADMIN);
  const meter = page.locator('.meter');
  const box = page.getByLabel(t('composer.label'));
  const post = (id: number): Locator => page.locator(`#post-${String(id)}`);
  /** What is far from the screen is not in the page. */
  const show = async (id: number): Promise<void> => {
    await page.goto(`${new URL(page.url()).pathname}?post=${String(id)}`);
    await expect(post(id)).toBeVisible();
  };
  const details = page.getByRole('dialog', { name: t('window.title') });

  // A conversation that does not exist yet has its figures, and they are the server's.
  const short = words(300, 'milho');
  await box.fill(short);
  const empty = await counted({ page, home, request }, short);
  const share = Math.round((empty.used / (empty.limit - empty.reserved)) * 100);
  await expect(meter).toContainText(`${String(share)}%`);
  await meter.click();
  const free = empty.limit - empty.reserved - empty.used;
  for (const tokens of [empty.used, empty.reserved, free]) {
    await expect(details.getByRole('definition').getByText(count(tokens))).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(meter).toBeFocused();

  // Turns fall out: the line, the marks and the meter say so.
  for (let turn = 1; turn <= TURNS; turn++) {
    await ask(page, `Turno ${String(turn)}\nsay: ${words(150, 'pamonha')}`);
    await answered(page);
    await expect(page.getByText(`Turno ${String(turn)}`).last()).toBeVisible();
  }
  await box.fill('?');
  const full = await counted({ page, home, request }, '?');
  const out = full.left.filter(({ reason }) => reason === 'window').length + full.leftOlder;
  expect(out).toBeGreaterThan(0);
  await expect(meter).toContainText(`${String(out)} de fora`);
  const oldest = full.begins ?? 0;
  await show(oldest);
  await expect(post(oldest).getByText(t('window.begins'))).toBeVisible();
  await expect(post(oldest - 1)).toHaveClass(/left-out/);
  await expect(post(oldest - 1).getByText(t('window.is-window'))).toBeAttached();
  await meter.click();
  await expect(details).toBeVisible();
  await expectAccessible(page, 'window with turns left out');
  await page.keyboard.press('Escape');

  // Pinned, the first is read again; the note takes it back.
  const first = oldest - out;
  await show(first);
  await expect(post(first)).toHaveClass(/left-out/);
  await post(first).hover();
  await post(first)
    .getByRole('button', { name: t('window.pin') })
    .click();
  await expect(post(first).getByText(t('window.is-pinned'))).toBeVisible();
  await expect(post(first)).not.toHaveClass(/left-out/);
  const { kept } = await counted({ page, home, request }, '?');
  expect(kept).toEqual([{ postId: first, reason: 'pinned' }]);
  await page.getByRole('button', { name: t('action.undo') }).click();
  await expect(post(first)).toHaveClass(/left-out/);

  // After a fresh start nothing before it is read; undone at its line, all is as it was.
  const last = first + TURNS - 1;
  await meter.click();
  await details.getByRole('button', { name: t('window.startFresh') }).click();
  await expect(meter).toContainText('%');
  await show(last);
  await expect(post(last)).toHaveClass(/left-out/);
  await expect(post(last).getByText(t('window.fresh'))).toBeVisible();
  await post(last)
    .getByRole('button', { name: t('action.undo') })
    .click();
  await expect(post(last)).not.toHaveClass(/left-out/);
  await expect(post(last).getByText(t('window.fresh'))).toHaveCount(0);
  await expect(meter).toContainText(/\d de fora/);

  // A prompt that exceeds the window by itself is not sent; a larger model takes it.
  const long = words(4000, 'milho');
  await box.fill(long);
  const exceeded = await counted({ page, home, request }, long);
  expect(exceeded.excess).toBeGreaterThan(0);
  await expect(meter).toContainText(count(exceeded.excess));
  await expect(page.getByRole('button', { name: t('composer.send') })).toBeDisabled();
  await expectAccessible(page, 'prompt that exceeds the window');
  await page.getByRole('button', { name: t('window.useModel', { name: 'grande' }) }).click();
  await expect(page.getByRole('button', { name: t('composer.send') })).toBeEnabled();
  await expect(meter).toContainText('%');
});

test.describe('with summaries', () => {
  test.use({ summaryModel: 'openai/pequeno' });

  test('should show what stands in for messages, and let one take it back', async ({
    page,
    home,
    request,
  }) => {
    await signIn(page, ADMIN);
    await ask(page, `Turno 1\nsay: ${words(50, 'pamonha')}`);
    await answered(page);
    const prosa = { page, home, request };
    const headers = await signedIn(prosa);
    const id = /\d+$/.exec(new URL(page.url()).pathname)?.[0] ?? '';
    for (let turn = 2; turn <= SUMMED_TURNS; turn++) {
      const data = { prompt: `Turno ${String(turn)}\nsay: ${words(50, 'pamonha')}` };
      // A stream: the answer to the call ends with the answer to the prompt.
      const asked = await request.post(`${home}/api/conversations/${id}/posts`, { headers, data });
      expect(asked.ok()).toBe(true);
    }
    // It is written after the answer.
    await expect.poll(async () => (await counted(prosa, '')).summary).not.toBeNull();
    const { summary, begins } = await counted(prosa, '');
    await page.goto(`/c/${id}?post=${String(begins)}`);
    const card = page.locator('app-summary-card');
    const stands = card.getByText(t('window.summarised-other', { count: String(summary?.posts) }));
    await expect(stands).toBeVisible();
    await card.getByRole('button', { name: t('window.showSummary') }).click();
    await expect(card.locator('app-markdown')).toContainText('pamonha');
    await expect(card).toContainText(t('window.summaryBy', { model: 'pequeno' }));
    await expectAccessible(page, 'summary');
    await card.getByRole('button', { name: t('action.undo') }).click();
    await expect(page.getByText(t('window.summaryUndone'))).toBeVisible();
    // At most the one before it is left, of fewer messages.
    await expect(stands).toHaveCount(0);
    const note = page.getByRole('status').filter({ hasText: t('window.summaryUndone') });
    await note.getByRole('button', { name: t('action.undo') }).click();
    await expect(stands).toBeVisible();
  });
});
