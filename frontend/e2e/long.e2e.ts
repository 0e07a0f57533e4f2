import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { type LongThread, writeThread } from './long-thread';
import { startProsa } from './prosa-server';
import { ADMIN, answered, ask, expect, signIn, t, test as base } from './test';

const POSTS = 300;

interface Scene {
  readonly thread: LongThread;
}

/** A Prosa with a conversation of 300 posts, some of them high; the hundredth speaks of a fruit. */
const test = base.extend<Scene>({
  home: [
    async ({ wordMs: _, request }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'prosa-e2e-long-'));
      const prosa = await startProsa(15, { DATA_DIR: folder });
      const data = { ...ADMIN, locale: 'pt-BR' };
      await request.post(`${prosa.url}/api/setup`, { headers: { Origin: prosa.url }, data });
      folders.set(prosa.url, folder);
      await use(prosa.url);
      await prosa.stop();
      await rm(folder, { recursive: true });
    },
    { scope: 'test', timeout: 60_000 },
  ],
  thread: async ({ home }, use) => {
    const turns = Array.from({ length: POSTS }, (_, n) => ({
      prompt: `Pergunta ${String(n + 1)}`,
      body: n === 99 ? `${text(30)}\n\nFala da jabuticaba.` : text(1 + ((n * 7) % 9)),
    }));
    await use(await writeThread(folders.get(home) ?? '', ADMIN.username, turns));
  },
});
const folders = new Map<string, string>();

const text = (paragraphs: number): string =>
  Array.from({ length: paragraphs }, (_, n) => `Parágrafo ${String(n)} da resposta.`).join('\n\n');

const drawn = (page: Page): Promise<number[]> =>
  page
    .locator('app-post-view')
    .evaluateAll((posts) => posts.map(({ id }) => Number(id.slice('post-'.length))));

test('should be read from its end to its beginning and back, in a page that stays small', async ({
  page,
  thread: { id, posts },
}) => {
  test.setTimeout(180_000);
  await signIn(page, ADMIN);
  await page.goto(`/c/${String(id)}`);
  const [first = 0, last = 0] = [posts[0], posts.at(-1)];
  const end = page.getByText(`Pergunta ${String(POSTS)}`, { exact: true });
  await expect(end).toBeInViewport();
  await expectAccessible(page, 'a long thread');
  await page.mouse.move(800, 400);
  for (let shown = [last]; !shown.includes(first); shown = await drawn(page)) {
    await page.mouse.wheel(0, -2000);
    expect(shown.length).toBeLessThan(40);
    // After a leap rows come frame by frame; then there is no gap: each is followed by the next one.
    await expect(async () => {
      const rows = await drawn(page);
      expect(rows).toEqual(posts.slice(posts.indexOf(rows[0] ?? 0)).slice(0, rows.length));
    }).toPass({ timeout: 20_000 });
  }
  await page.locator('.scroller').press('Home');
  await expect(page.getByText('Pergunta 1', { exact: true })).toBeInViewport();
  // Further than the end: what is around the conversation stays where it is.
  for (let more = 20; more > 0; more -= (await drawn(page)).includes(last) ? 1 : 0) {
    await page.mouse.wheel(0, 3000);
  }
  await expect(page.locator('.scroller')).toBeInViewport({ ratio: 1 });
  await expect(end).toBeInViewport();
});

test('should find words in a post that is not in the page, and go back', async ({
  page,
  thread: { id, posts },
}) => {
  await signIn(page, ADMIN);
  await page.goto(`/c/${String(id)}`);
  const end = page.getByText(`Pergunta ${String(POSTS)}`, { exact: true });
  await expect(end).toBeInViewport();
  // Whoever types on at once loses no letter.
  await page.keyboard.press('Control+f');
  await page.keyboard.type('Jabutic');
  const box = page.getByLabel(t('find.label'));
  await expect(box).toHaveValue('Jabutic');
  await expect(page.getByText(t('find.position', { position: '1', total: '1' }))).toBeVisible();
  await expect(page.getByText('Fala da jabuticaba.')).toBeInViewport();
  expect(await drawn(page)).toContain(posts[99]);
  const marked = (): Promise<string[]> =>
    page.evaluate(() =>
      Array.from(CSS.highlights.get('prosa-find-current') ?? [], (range) =>
        (range as Range).toString(),
      ),
    );
  await expect.poll(marked).toEqual(['jabuticaba']);
  await expectAccessible(page, 'finding');
  await box.press('Escape');
  await expect(box).toHaveCount(0);
  await expect(end).toBeInViewport();
  await expect(page.getByLabel(t('composer.label'))).toBeFocused();

  // Without a keyboard.
  const acts = page.getByRole('button', { name: t('commands.more') });
  await acts.click();
  await page.getByRole('menuitem', { name: t('find.label') }).click();
  await expect(box).toBeFocused();
  await page
    .locator('app-find-bar')
    .getByRole('button', { name: t('action.close') })
    .click();
  await expect(acts).toBeFocused();
});

test('should go to both edges by key, and open at the end after a question', async ({
  page,
  thread: { id, posts },
}) => {
  await signIn(page, ADMIN);
  await page.goto(`/c/${String(id)}?post=${String(posts[150])}`);
  await expect(page.getByText('Pergunta 151', { exact: true })).toBeInViewport();
  const region = page.getByRole('region', { name: t('chat.thread') });
  const first = Math.min(...(await drawn(page)));
  await region.press('Home');
  await expect.poll(async () => Math.min(...(await drawn(page)))).toBeLessThan(first);
  await region.press('End');
  await expect(page.getByText(`Pergunta ${String(POSTS)}`, { exact: true })).toBeInViewport();
  await ask(page, 'say: e agora?');
  await expect(page).toHaveURL(`/c/${String(id)}`);
  await answered(page);
});

test('should say that older posts did not come, and try again', async ({
  page,
  thread: { id },
}) => {
  await signIn(page, ADMIN);
  await page.goto(`/c/${String(id)}`);
  await page.route('**/posts?*before=*', (route) => route.abort());
  await page.mouse.move(800, 400);
  const failed = page.getByText(t('chat.olderFailed'));
  while ((await failed.count()) === 0) await page.mouse.wheel(0, -900);
  const before = Math.min(...(await drawn(page)));
  await page.unroute('**/posts?*before=*');
  await page.getByRole('button', { name: t('action.tryAgain') }).click();
  await expect(failed).toHaveCount(0);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, -900);
      return Math.min(...(await drawn(page)));
    })
    .toBeLessThan(before);
});

/** When nothing has scrolled for a third of a second. */
async function atRest(scroller: Locator): Promise<void> {
  await scroller.evaluate(async (element) => {
    for (let same = 0; same < 20;) {
      const before = element.scrollTop;
      await new Promise(requestAnimationFrame);
      same = element.scrollTop === before ? same + 1 : 0;
    }
  });
}

test('should leave what is read where it is while an answer streams at the end', async ({
  page,
  thread: { id },
}) => {
  await signIn(page, ADMIN);
  await page.goto(`/c/${String(id)}`);
  await expect(page.getByText(`Pergunta ${String(POSTS)}`, { exact: true })).toBeInViewport();
  await ask(page, `say: ${'Uma frase comprida da resposta que cresce no fim. '.repeat(150)}`);
  const growing = page.locator('[aria-busy="true"] app-markdown');
  await expect(growing).toBeVisible();
  await page.mouse.move(800, 400);
  // Up to where a screen is full of what was there before.
  const asked = page.locator('[aria-busy="true"]');
  await expect(async () => {
    await page.mouse.wheel(0, -400);
    await expect(asked).not.toBeInViewport({ timeout: 200 });
  }).toPass();
  await expect(page.getByRole('button', { name: t('chat.toEnd') })).toBeVisible();
  const scroller = page.getByRole('region', { name: t('chat.thread') });
  await atRest(scroller);
  const line = await scroller.evaluateHandle((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return [...element.querySelectorAll('app-post-view p')].find((one) => {
      const box = one.getBoundingClientRect();
      return box.top >= top && box.bottom <= bottom;
    });
  });
  const place = () => line.evaluate((element) => element?.getBoundingClientRect().top ?? NaN);
  const length = async () => (await growing.textContent())?.length ?? 0;
  const [before, from] = [await place(), await length()];
  await expect.poll(length).toBeGreaterThan(from + 500);
  expect(await place()).toBeCloseTo(before, 0);
  await page.getByRole('button', { name: t('composer.stop') }).click();
  await expect(asked).toHaveCount(0);
  await atRest(scroller);
  expect(await place()).toBeCloseTo(before, 0);
});
