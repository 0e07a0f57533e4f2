import type { BrowserContext, Page } from '@playwright/test';
import { startTcpProxy, type TcpProxy } from '../../backend/test/fakes/tcp-proxy';
import { ADMIN, answered, ask, expect, signIn, t, test as base } from './test';

const WORDS = Array.from({ length: 60 }, (_, i) => `w${String(i)}`).join(' ');
/** Takes nine seconds: on a busy machine, too, the wire is damaged before the end. */
const SLOWLY = `fault: {"delayMs":150}\nsay: ${WORDS}`;
/** As many connections as a browser opens to one host over HTTP/1.1. */
const CONNECTIONS = 6;

/** Prosa behind a wire that a test can damage. */
const test = base.extend<{ wire: TcpProxy }>({
  wire: async ({ prosa }, use) => {
    const wire = await startTcpProxy(Number(new URL(prosa.url).port));
    await use(wire);
    await wire.close();
  },
  home: async ({ wire }, use) => use(`http://localhost:${String(wire.port)}`),
});

const answer = (page: Page) => page.locator('app-markdown').last();
const composer = (page: Page) => page.getByLabel(t('composer.label'));

/** Puts a tab behind another or before it, as far as the page can tell. */
async function look(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

/** What the server has of the newest answer of the conversation that is shown. */
async function storedStatus(page: Page, context: BrowserContext, url: string): Promise<string> {
  const id = /\/c\/(\d+)/.exec(page.url())?.[1] ?? '';
  const headers = { Origin: url };
  const session = await context.request.post(`${url}/api/auth/refresh`, { headers });
  const { accessToken } = (await session.json()) as { accessToken: string };
  const posts = await context.request.get(`${url}/api/conversations/${id}/posts?limit=1`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  return ((await posts.json()) as { items: { status: string }[] }).items[0]?.status ?? '';
}

test.describe('a connection that breaks', () => {
  test.beforeEach(({ person }) => expect(person.username).not.toBe(''));

  test('should say that it reconnects, and lose and repeat nothing', async ({ page, wire }) => {
    await ask(page, SLOWLY);
    await expect(answer(page)).toContainText('w1');
    await wire.cut();
    await expect(page.getByText(t('tree.reconnecting'))).toBeVisible();
    // The token has grown old meanwhile.
    const refused = { error: { code: 'AUTH.REQUIRED', message: 'Entre de novo.' } };
    await page.route(
      '**/api/posts/*/events',
      (route) => route.fulfill({ status: 401, json: refused }),
      { times: 1 },
    );
    await wire.mend();
    await answered(page);
    await expect(answer(page)).toHaveText(WORDS);
    await expect(page.getByText(t('tree.reconnecting'))).toHaveCount(0);
  });

  test('should find by itself that nobody is at the other end any more', async ({ page, wire }) => {
    await page.clock.install();
    await page.reload();
    await ask(page, SLOWLY);
    await expect(answer(page)).toContainText('w1');
    wire.damage({ hangs: true });
    const again = page.waitForRequest('**/api/posts/*/events');
    // The computer slept: its timers stood still, and fall due at once.
    await page.clock.fastForward(60_000);
    expect((await again).headers()['last-event-id']).toMatch(/^\d+\.\d+$/);
    await wire.mend();
    await answered(page);
    await expect(answer(page)).toHaveText(WORDS);
  });

  test('should show what was finished while the browser was offline', async ({
    page,
    context,
    home,
    wire,
  }) => {
    await ask(page, SLOWLY);
    await expect(answer(page)).toContainText('w1');
    await expect(page).toHaveURL(/\/c\/\d+/);
    await context.setOffline(true);
    // What is open already, Chromium lets be.
    wire.reset();
    await expect(page.getByText(t('shell.offline'))).toBeVisible();
    await expect(page.getByText(t('tree.reconnecting'))).toBeVisible();
    await expect.poll(() => storedStatus(page, context, home)).toBe('done');
    await context.setOffline(false);
    await answered(page);
    await expect(answer(page)).toHaveText(WORDS);
  });

  test('should keep a prompt that is sent offline, and say what to do', async ({
    page,
    context,
  }) => {
    await context.setOffline(true);
    await ask(page, 'say: voltei');
    await expect(page.getByRole('alert')).toContainText(t('tree.sendLater'));
    await expect(composer(page)).toHaveValue('say: voltei');
    await context.setOffline(false);
    await page.reload();
    await expect(composer(page)).toHaveValue('say: voltei');
    await page.getByRole('button', { name: t('composer.send') }).click();
    await answered(page);
    await expect(answer(page)).toHaveText('voltei');
    await expect(page.locator('app-post-view')).toHaveCount(1);
  });

  test('should keep an edited prompt until the server has it', async ({ page, wire }) => {
    await ask(page, 'say: primeira');
    await answered(page);
    await composer(page).fill('meio escrito');
    await wire.cut();
    await page.getByRole('button', { name: t('chat.editPrompt') }).click();
    await page.getByRole('textbox', { name: t('chat.editPrompt') }).fill('say: editada');
    await page.getByRole('button', { name: t('chat.askAgain') }).click();
    await wire.mend().then(() => page.route('**/api/conversations/*/posts', () => undefined));
    await page.reload();
    await expect(composer(page)).toHaveValue('say: editada\n\nmeio escrito');
  });
});

test('should let a seventh tab in while six others follow an answer', async ({ page, person }) => {
  test.slow(); // Seven pages are loaded.
  expect(person.username).not.toBe('');
  await ask(page, 'Devagar\nfault: {"restAfter":3}\nsay: um dois três quatro');
  await expect(answer(page)).toContainText('um dois');
  await expect(page).toHaveURL(/\/c\/\d+/);
  const tabs = [page];
  for (let tab = page; tabs.length <= CONNECTIONS; tabs.push(tab)) {
    await look(tab, 'hidden');
    tab = await page.context().newPage();
    await tab.goto(page.url());
    await expect(answer(tab)).toContainText('um dois');
  }
  await tabs
    .at(-1)
    ?.getByRole('button', { name: t('composer.stop') })
    .click();
  await look(page, 'visible');
  await expect(page.getByText(t('chat.stopped'))).toBeVisible();
});

test('should keep a draft when the session was ended elsewhere, and for its owner only', async ({
  page,
  request,
  person,
  admin,
  home,
  wire,
}) => {
  expect(admin).not.toBe('');
  await ask(page, 'Devagar\nfault: {"restAfter":3}\nsay: um dois três quatro');
  await expect(answer(page)).toContainText('um dois');
  await composer(page).fill('ainda não enviado');
  const elsewhere = await request.post(`${home}/api/auth/login`, {
    headers: { Origin: home },
    data: person,
  });
  const { accessToken } = (await elsewhere.json()) as { accessToken: string };
  await request.post(`${home}/api/auth/logout-all`, {
    headers: { Origin: home, Authorization: `Bearer ${accessToken}` },
  });
  wire.reset();
  await expect(page).toHaveURL(/sign-in/);
  const address = page.url();
  await signIn(page, ADMIN);
  await expect(composer(page)).toHaveValue('');
  await page
    .getByRole('button', { name: /Ana|ana/ })
    .last()
    .click();
  await page.getByRole('menuitem', { name: t('action.signOut') }).click();
  await page.goto(address);
  await page.getByLabel(t('field.username')).fill(person.username);
  await page.getByLabel(t('field.password'), { exact: true }).fill(person.password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
  await expect(composer(page)).toHaveValue('ainda não enviado');
});
