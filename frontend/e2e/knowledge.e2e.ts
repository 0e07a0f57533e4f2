import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { ADMIN, answered, ask, expect, signIn, t, test } from './test';

const CONTRACT = `# Contrato de suporte com a Acme

## Vigência
A vigência do contrato é de doze meses a contar da assinatura.

## Rescisão
Qualquer das partes pode rescindir com aviso prévio de sessenta dias.
A multa por rescisão antecipada é de dez por cento do valor restante do contrato.
`;

const file = (name: string, text: string, mimeType = 'text/markdown') => ({
  name,
  mimeType,
  buffer: Buffer.from(text),
});

async function makeCollection(page: Page, name: string): Promise<void> {
  await page.goto('/knowledge');
  await page.getByRole('button', { name: t('knowledge.new') }).click();
  await page.getByLabel(t('knowledge.name'), { exact: true }).fill(name);
  await page.getByRole('button', { name: t('knowledge.create') }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

const upload = (page: Page, ...files: ReturnType<typeof file>[]): Promise<void> =>
  page.getByLabel(t('knowledge.upload')).setInputFiles(files);

const row = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

/** Nothing of it is said any more: it has been read. */
async function isRead(page: Page, title: string): Promise<void> {
  await expect(row(page, title)).toBeVisible();
  await expect(row(page, title).locator('.ring')).toHaveCount(0, { timeout: 30_000 });
  await expect(row(page, title).locator('app-document-state.bad')).toHaveCount(0);
}

async function choose(page: Page, model: string): Promise<void> {
  await page.getByRole('button', { name: /^Modelo: / }).click();
  await page.getByRole('menuitemradio', { name: model }).click();
}

test.describe('knowledge', () => {
  test('should lead from a file to an answer, and from its citation to the passage', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    await makeCollection(page, 'Contratos');
    await expectAccessible(page, 'empty collection');
    await upload(
      page,
      file('acme.md', CONTRACT),
      file('notas.txt', 'Nada sobre isso.', 'text/plain'),
    );
    await isRead(page, 'acme');
    await isRead(page, 'notas');
    await expectAccessible(page, 'collection');

    await page.goto('/');
    await choose(page, t('models.quotes'));
    await ask(page, 'Qual é a multa por rescisão antecipada do contrato da Acme?');
    await answered(page);
    await page.locator('button.cite').first().click();
    const panel = page.getByRole('complementary', { name: t('sources.title') });
    await expect(panel.locator('mark').first()).toContainText('multa por rescisão');
    await expect(panel).toContainText('Rescisão');
    await expectAccessible(page, 'passage of a citation');

    await panel.getByRole('link', { name: t('sources.openDocument') }).click();
    await expect(page.locator('.passage.current')).toContainText('dez por cento');
    await expectAccessible(page, 'document');
    await page.getByText(t('knowledge.tab-citations')).click();
    await page.getByRole('main').getByRole('link', { name: 'Qual é a multa' }).click();
    await expect(page).toHaveURL(/\/c\/\d+\?post=\d+$/);
  });

  test('should say of a file what is wrong with it, and go on with the others', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    await makeCollection(page, 'Misturados');
    await upload(
      page,
      file('vazio.txt', '', 'text/plain'),
      file('bom.md', CONTRACT),
      file('quebrado.pdf', '%PDF-1.7 e mais nada que se leia', 'application/pdf'),
    );
    await isRead(page, 'bom');
    const uploads = page.locator('app-upload-list');
    await expect(uploads.getByRole('listitem')).toHaveCount(1);
    await expect(uploads).toContainText('vazio.txt');
    await expect(uploads.locator('.problem')).not.toBeEmpty();
    const broken = row(page, 'quebrado').locator('app-document-state.bad');
    await expect(broken).not.toBeEmpty({ timeout: 30_000 });
    await expectAccessible(page, 'failed uploads');

    await upload(page, file('outra-vez.md', CONTRACT));
    await uploads.getByRole('link', { name: t('knowledge.seeSame') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('bom');
  });

  test('should be deleted with an undo, and come back from the trash', async ({ page, person }) => {
    expect(person).toBeTruthy();
    await makeCollection(page, 'Provisória');
    await upload(page, file('ata.md', CONTRACT));
    await isRead(page, 'ata');
    await page.getByRole('button', { name: /^Excluir ata/ }).click();
    await expect(row(page, 'ata')).toHaveCount(0);
    await page.getByRole('button', { name: t('action.undo') }).click();
    await expect(row(page, 'ata')).toBeVisible();
    await page.getByRole('button', { name: t('knowledge.menuOf', { name: 'Provisória' }) }).click();
    await page.getByRole('menuitem', { name: t('action.delete') }).click();
    await expect(page).toHaveURL('/knowledge');
    await page.getByRole('link', { name: t('trash.title') }).click();
    await page.getByRole('button', { name: t('action.restore') }).click();
    await expect(page.getByText(t('trash.nothing'))).toBeVisible();
    await expectAccessible(page, 'trash of the knowledge');
    await page
      .getByRole('link', { name: t('knowledge.title') })
      .first()
      .click();
    await expect(page.getByRole('link', { name: 'Provisória' })).toBeVisible();
  });

  test('should be seen by whom it is shared with, and no longer when that is taken back', async ({
    page,
    person,
    browser,
    home,
  }) => {
    await makeCollection(page, 'Segredos da Ana');
    await upload(page, file('plano.md', CONTRACT));
    await isRead(page, 'plano');
    const address = page.url();

    const context = await browser.newContext({ baseURL: home, locale: 'pt-BR' });
    const theirs = await context.newPage();
    await signIn(theirs, ADMIN);
    await theirs.goto(address);
    await expect(theirs.getByRole('heading', { name: t('knowledge.missing') })).toBeVisible();

    await page.getByRole('button', { name: t('knowledge.visibility-private') }).click();
    await page.getByRole('radio', { name: t('knowledge.visibility-shared') }).check();
    await page.getByLabel(t('knowledge.addPerson')).fill(ADMIN.username);
    await page
      .getByRole('list', { name: t('knowledge.peopleFound') })
      .getByRole('button', { name: ADMIN.username })
      .first()
      .click();
    await expectAccessible(page, 'sharing');
    await page.getByRole('button', { name: t('action.save') }).click();
    await expect(page.getByText(t('knowledge.now-shared'))).toBeVisible();

    await theirs.reload();
    await expect(row(theirs, 'plano')).toBeVisible();
    await expect(theirs.getByText(t('knowledge.by', { name: person.username }))).toBeVisible();
    await expect(theirs.getByLabel(t('knowledge.upload'))).toHaveCount(0);

    await page.getByRole('button', { name: t('knowledge.visibility-shared') }).click();
    await page
      .getByRole('radio', { name: t('knowledge.visibility-private') })
      .first()
      .check();
    await page.getByRole('button', { name: t('action.save') }).click();
    await expect(page.getByText(t('knowledge.now-private'))).toBeVisible();
    await theirs.reload();
    await expect(theirs.getByRole('heading', { name: t('knowledge.missing') })).toBeVisible();
    await context.close();
  });

  test('should answer from what is attached to a new conversation, and keep what was typed', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    await choose(page, t('models.quotes'));
    await page.getByLabel(t('composer.label')).fill('Qual é o aviso prévio para rescindir?');
    await page.getByLabel(t('knowledge.attach')).setInputFiles(file('acme.md', CONTRACT));
    await expect(page).toHaveURL(/\/c\/\d+$/);
    await expect(page.getByLabel(t('composer.label'))).toHaveValue(
      'Qual é o aviso prévio para rescindir?',
    );
    await expect(page.getByRole('button', { name: t('composer.send') })).toBeEnabled({
      timeout: 30_000,
    });
    await expectAccessible(page, 'attachment');
    await page.getByRole('button', { name: t('composer.send') }).click();
    await answered(page);
    await expect(page.locator('app-markdown').last()).toContainText('sessenta dias');
    await expect(page.locator('app-route-line').last()).toContainText(t('sources.route-knowledge'));
    await page.reload();
    await expect(page.getByRole('list', { name: t('knowledge.attachments') })).toContainText(
      'acme',
    );
  });

  test('should look where one says, and remember it for the conversation', async ({
    page,
    person,
  }) => {
    expect(person).toBeTruthy();
    const choice = page.getByRole('button', { name: /De onde vem a resposta/ });
    await choice.click();
    const panel = page.getByRole('dialog', { name: t('sources.chooseTitle') });
    await panel
      .getByRole('group', { name: t('knowledge.title') })
      .getByText(t('sources.wish-off'), { exact: true })
      .click();
    await panel
      .getByRole('group', { name: t('sources.web') })
      .getByText(t('sources.wish-off'), { exact: true })
      .click();
    await expectAccessible(page, 'choice of sources');
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(choice).toContainText(t('sources.choice-none'));
    await ask(page, 'Que horas são hoje?');
    await answered(page);
    const route = t('sources.because', {
      what: t('sources.route-direct'),
      why: t('sources.why-asked'),
    });
    await expect(page.locator('app-route-line')).toHaveText(route);
    await page.reload();
    await expect(choice).toContainText(t('sources.choice-none'));
  });
});
