import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen, within } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { ReplaysPage } from './replays-page';

const DIGEST = 'a1b2c3d4e5f6'.padEnd(64, '0');
const aReplay = (change: object = {}) => ({
  ...{ id: 1, at: '2026-11-21T10:00:00Z', username: 'bia', days: 7, prompts: 1234 },
  ...{ policyId: 1, draftId: 3, digest: DIGEST },
  ...change,
});

describe(ReplaysPage.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
    TestBed.createComponent(ReplaysPage);
    await settled();
  });

  const asked = (): TestRequest =>
    network.expectOne(({ url }) => url === '/api/guardrails/replays');

  async function answered(items: object[], nextCursor: string | null = null): Promise<TestRequest> {
    const request = asked();
    request.flush({ items, nextCursor });
    await settled();
    return request;
  }

  /** What each entry says, without the layout's spaces. */
  const told = (): string[] =>
    within(screen.getByRole('list', { name: 'Repetições' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

  it('should say who replayed how much with which versions', async () => {
    await answered([
      aReplay(),
      aReplay({ id: 2, username: 'ana', days: 1, prompts: 1, draftId: null }),
    ]);
    const [stored, unstored] = told();
    expect(stored).toMatch(
      /^bia .*1\.234 prompts dos últimos 7 dias ?Versão 1 comparada com Versão 3 .*a1b2c3d4e5f6$/,
    );
    expect(unstored).toMatch(
      /^ana .*1 prompt do último dia ?Versão 1 comparada com arquivos que não foram salvos/,
    );
    expect(screen.getByRole('link', { name: 'Versão 3' })).toHaveAttribute(
      'href',
      '/guardrails/policies/3',
    );
  });

  it('should fetch older ones after those that are shown', async () => {
    await answered([aReplay()], 'next');
    screen.getByRole('button', { name: 'Mostrar mais' }).click();
    await settled();
    const request = await answered([aReplay({ id: 2, username: 'ana' })]);
    expect(request.request.params.get('cursor')).toBe('next');
    expect(told().map((text) => text.slice(0, 3))).toEqual(['bia', 'ana']);
    expect(screen.queryByRole('button', { name: 'Mostrar mais' })).toBeNull();
  });

  it('should say that nobody has replayed anything', async () => {
    await answered([]);
    expect(screen.getByRole('heading', { name: 'Ninguém repetiu nada ainda' })).toBeVisible();
  });

  it('should say that it failed, and try again', async () => {
    asked().flush(null, { status: 500, statusText: 'Server Error' });
    await settled();
    within(screen.getByRole('alert')).getByRole('button', { name: 'Tentar de novo' }).click();
    await settled();
    await answered([aReplay()]);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(told()).toHaveLength(1);
  });
});
