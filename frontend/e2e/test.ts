import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test';
import { startProsa, type ProsaServer } from './prosa-server';
import { textIn } from './texts';

export const ADMIN = { username: 'ana', password: 'uma frase que ninguém adivinha' };
export const PASSWORD = 'outra frase, só desta pessoa';

interface Person {
  readonly username: string;
  readonly password: string;
}

interface TestFixtures {
  /** Address of the Prosa under test: the worker's, unless a test brings its own. */
  readonly home: string;
  /** Watches the page: no policy violation, no script error, nothing sent to another host. */
  readonly watch: undefined;
  /** Somebody new, signed in, on the empty page of a new conversation. */
  readonly person: Person;
}

interface WorkerFixtures {
  /** Between two words of the model, in milliseconds. */
  readonly wordMs: number;
  readonly prosa: ProsaServer;
  readonly admin: string;
}

export { expect };

/** Prosa's own test: a server for the worker, a person for the test, and a watch over the page. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  wordMs: [20, { option: true, scope: 'worker' }],
  prosa: [
    async ({ wordMs }, use) => {
      const server = await startProsa(wordMs);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  admin: [
    async ({ playwright, prosa }, use) => {
      const request = await playwright.request.newContext({ baseURL: prosa.url });
      await send(request, prosa, '/api/setup', { ...ADMIN, locale: 'pt-BR' });
      const session = await send(request, prosa, '/api/auth/login', ADMIN);
      await use(session.accessToken);
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  home: async ({ prosa }, use) => use(prosa.url),
  baseURL: async ({ home }, use) => use(home),
  watch: [
    async ({ page, home }, use) => {
      const problems: string[] = [];
      await watchPage(page, home, problems);
      page.context().on('page', (other) => void watchPage(other, home, problems));
      await use(undefined);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
  person: async ({ page, prosa, admin, playwright }, use, { testId }) => {
    const person = { username: `p-${testId}`, password: PASSWORD };
    const request = await playwright.request.newContext();
    await makePerson(request, prosa, admin, person);
    await request.dispose();
    await signIn(page, person);
    await use(person);
  },
});

export const t = textIn('pt-BR');

/** Signs in on the screen. */
export async function signIn(page: Page, { username, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(t('field.username')).fill(username);
  await page.getByLabel(t('field.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
  await expect(page).toHaveURL('/');
}

/** Writes a prompt and sends it. */
export async function ask(page: Page, prompt: string): Promise<void> {
  const box = page.getByLabel(t('composer.label'));
  await box.fill(prompt);
  await box.press('Enter');
}

/** Waits until nothing is being answered. */
export async function answered(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expect(page.getByRole('button', { name: t('chat.copyAnswer') }).last()).toBeVisible();
}

async function makePerson(
  request: APIRequestContext,
  prosa: ProsaServer,
  admin: string,
  { username, password }: Person,
): Promise<void> {
  const first = 'primeira senha, dada por ana';
  await send(request, prosa, '/api/users', { username, password: first }, admin);
  const session = await send(request, prosa, '/api/auth/login', { username, password: first });
  const response = await request.patch(`${prosa.url}/api/auth/me`, {
    headers: { Origin: prosa.url, Authorization: `Bearer ${session.accessToken}` },
    data: { currentPassword: first, newPassword: password, locale: 'pt-BR' },
  });
  expect(response.ok()).toBe(true);
}

async function send(
  request: APIRequestContext,
  prosa: ProsaServer,
  path: string,
  data: object,
  token?: string,
): Promise<{ accessToken: string }> {
  const headers = { Origin: prosa.url, ...(token && { Authorization: `Bearer ${token}` }) };
  const response = await request.post(prosa.url + path, { headers, data });
  expect(response.ok(), `${path}: ${await response.text()}`).toBe(true);
  return (await response.json()) as { accessToken: string };
}

async function watchPage(page: Page, own: string, problems: string[]): Promise<void> {
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) problems.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !/^(blob|data):/.test(url)) problems.push(`outside: ${url}`);
  });
  await page.context().route(
    (url) => url.origin !== own && url.protocol.startsWith('http'),
    (route) => route.abort(),
  );
}
