import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen, within } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { EventsPage } from './events-page';
import { PolicyPage } from './policy-page';

const TIME = '2026-11-21T10:00:00Z';
const anEvent = (change: object = {}) => ({
  ...{ id: 1, rail: 'links', rule: 'address', stage: 'output', action: 'replace', outcome: 'hit' },
  ...{ hits: 2, username: 'bia', door: 'web', policyId: 3, createdAt: TIME, reportedAt: null },
  ...change,
});

describe(EventsPage.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
    TestBed.createComponent(EventsPage);
    await settled();
    network.expectOne(({ url }) => url === '/api/guardrails/events/summary').flush({ items: [] });
  });

  const asked = (): TestRequest => network.expectOne(({ url }) => url === '/api/guardrails/events');

  async function answered(...items: object[]): Promise<TestRequest> {
    const request = asked();
    request.flush({ items, nextCursor: null });
    await settled();
    return request;
  }

  it('should say what a rail did, to whom and by which version, as a table does', async () => {
    await answered(anEvent());
    const [, row] = screen.getAllByRole('row');
    if (!row) throw new Error('There is no hit.');
    const cells = within(row)
      .getAllByRole('cell')
      .slice(1)
      .map((cell) => cell.textContent.replace(/\s+/g, ' ').trim());
    expect(cells).toEqual([
      'Links e imagens address × 2',
      'Resposta',
      'Substitui',
      'bia',
      'Versão 3',
    ]);
  });

  it('should tell nothing found from nothing with that filter', async () => {
    await answered();
    expect(screen.getByRole('heading', { name: 'Nada foi encontrado ainda' })).toBeVisible();
    screen.getByRole('checkbox', { name: 'Só contestados' }).click();
    await settled();
    const request = await answered();
    expect(request.request.params.get('reported')).toBe('true');
    expect(screen.getByRole('heading', { name: 'Nada com esse filtro' })).toBeVisible();
  });

  it('should say that it failed, and try again', async () => {
    asked().flush(null, { status: 500, statusText: 'Server Error' });
    await settled();
    within(screen.getByRole('alert')).getByRole('button', { name: 'Tentar de novo' }).click();
    await settled();
    await answered(anEvent());
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('link', { name: 'Versão 3' })).toBeVisible();
  });
});

describe(PolicyPage.name, () => {
  it('should say what counts in the files that a version does not have', async () => {
    const network = await givenTheApp();
    const fixture = TestBed.createComponent(PolicyPage);
    fixture.componentRef.setInput('id', '7');
    await settled();
    network.expectOne('/api/guardrails/policies/7').flush({
      ...{ id: 7, source: 'folder', note: '', createdBy: null, createdAt: TIME },
      ...{ publishedAt: null, active: false, builtIn: ['prompts.yml', 'rails/secrets.yml'] },
      files: [{ path: 'config.yml', text: 'version: 1\n' }],
    });
    await settled();
    expect(
      screen.getByText(/não tem prompts\.yml, rails\/secrets\.yml: .* regras que vêm com o Prosa/),
    ).toBeVisible();
  });
});
