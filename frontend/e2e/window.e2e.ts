import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
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

/** A Prosa whose first model reads little. */
const test = base.extend({
  home: async ({ wordMs: _, request }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'prosa-e2e-models-'));
    const file = join(folder, 'models.yaml');
    await writeFile(file, MODELS);
    const prosa = await startProsa(0, { MODELS_FILE: file, LLM_MODELS: '' });
    const data = { ...ADMIN, locale: 'pt-BR' };
    await request.post(`${prosa.url}/api/setup`, { headers: { Origin: prosa.url }, data });
    await use(prosa.url);
    await prosa.stop();
    await rm(folder, { recursive: true });
  },
});

/** What the server says of the window with that prompt, after `act`. */
async function countedAfter(
  page: Page,
  prompt: string,
  act: () => Promise<void>,
): Promise<ContextUse> {
  const counted = page.waitForResponse((response) => {
    if (!response.url().endsWith('/context')) return false;
    const asked = response.request().postDataJSON() as { readonly prompt: string };
    return asked.prompt === prompt;
  });
  await act();
  return (await (await counted).json()) as ContextUse;
}

const count = (number: number): string => new Intl.NumberFormat('pt-BR').format(number);
const words = (number: number, word: string): string => `${word} `.repeat(number).trim();

test('should show what the model reads, and let one decide it', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, ADMIN);
  const meter = page.locator('.meter');
  const box = page.getByLabel(t('composer.label'));
  const line = page.getByText(t('window.begins'));
  const posts = page.getByRole('article');
  const details = page.getByRole('dialog', { name: t('window.title') });

  // A conversation that does not exist yet has its figures, and they are the server's.
  const short = words(300, 'milho');
  const first = await countedAfter(page, short, () => box.fill(short));
  const share = Math.round((first.used / (first.limit - first.reserved)) * 100);
  await expect(meter).toContainText(`${String(share)}%`);
  await meter.click();
  const free = first.limit - first.reserved - first.used;
  for (const tokens of [first.used, first.reserved, free]) {
    await expect(details.getByRole('definition').getByText(count(tokens))).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(meter).toBeFocused();

  // Turns fall out: the line, the marks and the meter say so.
  for (let turn = 1; turn <= 5; turn++) {
    await ask(page, `Turno ${String(turn)}\nsay: ${words(150, 'pamonha')}`);
    await answered(page);
    await expect(posts).toHaveCount(turn);
  }
  await expect(meter).toContainText(/\d de fora/);
  const full = await countedAfter(page, '?', () => box.fill('?'));
  const out = full.left.filter(({ reason }) => reason === 'window').length + full.leftOlder;
  await expect(meter).toContainText(`${String(out)} de fora`);
  await expect(page.locator(`#post-${String(full.begins)}`).filter({ has: line })).toHaveCount(1);
  await expect(page.locator('.left-out')).toHaveCount(out);
  await meter.click();
  await expect(details).toBeVisible();
  await expectAccessible(page, 'window with turns left out');
  await page.keyboard.press('Escape');

  // Pinned, the first is read again; the note takes it back.
  const marked = posts.first().getByText(t('window.is-pinned'));
  await posts.first().hover();
  const pinned = await countedAfter(page, '?', () =>
    posts
      .first()
      .getByRole('button', { name: t('window.pin') })
      .click(),
  );
  expect(pinned.kept.map(({ reason }) => reason)).toEqual(['pinned']);
  await expect(marked).toBeVisible();
  await expect(page.getByText(t('window.beginsBut'))).toBeVisible();
  await countedAfter(page, '?', () => page.getByRole('button', { name: t('action.undo') }).click());
  await expect(marked).toHaveCount(0);
  await expect(line).toBeVisible();

  // After a fresh start nothing above its line is read; undone there, all is as before.
  await meter.click();
  const fresh = await countedAfter(page, '?', () =>
    details.getByRole('button', { name: t('window.startFresh') }).click(),
  );
  expect(fresh.begins).toBeNull();
  await expect(meter).toContainText('%');
  const freshLine = page.locator('.divider.fresh');
  await expect(freshLine).toContainText(t('window.fresh'));
  await expect(page.locator('.left-out')).toHaveCount(5);
  await page.reload();
  await expect(freshLine).toBeVisible();
  await expect(page.locator('.left-out')).toHaveCount(5);
  await freshLine.getByRole('button', { name: t('action.undo') }).click();
  await expect(freshLine).toHaveCount(0);
  await expect(meter).toContainText(/\d de fora/);

  // A prompt that exceeds the window by itself is not sent; a larger model takes it.
  const long = words(4000, 'milho');
  const exceeded = await countedAfter(page, long, () => box.fill(long));
  expect(exceeded.excess).toBeGreaterThan(0);
  await expect(meter).toContainText(count(exceeded.excess));
  await expect(page.getByRole('button', { name: t('composer.send') })).toBeDisabled();
  await expectAccessible(page, 'prompt that exceeds the window');
  await page.getByRole('button', { name: t('window.useModel', { name: 'grande' }) }).click();
  await expect(page.getByRole('button', { name: t('composer.send') })).toBeEnabled();
  await expect(meter).toContainText('%');
});
