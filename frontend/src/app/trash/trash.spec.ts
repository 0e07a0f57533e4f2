import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aCollection, aConversation } from '../../testing/samples';
import { Trash } from '../history/trash';
import { KnowledgeTrash } from '../knowledge/knowledge-trash';

// jsdom draws no modal dialogs.
HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
  this.open = true;
};

const SINCE = '2026-11-21T10:00:00Z';
const listed = (...items: object[]) => ({ items, nextCursor: null });
const nothing = { status: 204, statusText: '' };

/** Both trashes, with one thing called “Contratos” in each. */
const TRASHES = [
  {
    page: Trash,
    path: '/api/conversations',
    item: aConversation({ id: 7, title: 'Contratos', deletedAt: SINCE }),
  },
  {
    page: KnowledgeTrash,
    path: '/api/collections',
    item: aCollection({ id: 7, name: 'Contratos', deletedAt: SINCE }),
  },
] as const;

describe.each(TRASHES)('the trash of $path', ({ page, path, item }) => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
    const fixture = TestBed.createComponent<object>(page);
    document.body.append(fixture.nativeElement as HTMLElement);
    await settled();
    network.expectOne(({ url }) => url === path).flush(listed(item));
    await settled();
  });

  const button = (name: string) => screen.getByRole('button', { name });

  it('should say of what is brought back that it is, and go on at the heading', async () => {
    button('Restaurar “Contratos”').focus();
    button('Restaurar “Contratos”').click();
    network.expectOne(`${path}/7/restore`).flush({ ...item, deletedAt: null });
    await settled();
    expect(screen.getByText('A lixeira está vazia.')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Lixeira' })).toHaveFocus();
  });

  it('should ask before one is deleted for good', async () => {
    button('Excluir “Contratos” para sempre').click();
    await settled();
    expect(screen.getByRole('dialog')).toHaveAccessibleName('Excluir “Contratos” para sempre?');
    button('Excluir para sempre').click();
    network.expectOne(({ method }) => method === 'DELETE').flush(null, nothing);
    await settled();
    expect(screen.getByText('A lixeira está vazia.')).toBeVisible();
  });
});

describe('the trash of collections', () => {
  it('should be emptied of what was not read yet as well', async () => {
    const network = await givenTheApp();
    TestBed.createComponent(KnowledgeTrash);
    await settled();
    const list = (...ids: number[]) =>
      network
        .expectOne(({ method }) => method === 'GET')
        .flush(listed(...ids.map((id) => aCollection({ id, name: `C${id}`, deletedAt: SINCE }))));
    list(1);
    await settled();
    screen.getByRole('button', { name: 'Esvaziar a lixeira' }).click();
    await settled();
    screen.getAllByRole('button', { name: 'Esvaziar a lixeira' }).at(-1)?.click();
    for (const [id, left] of [
      [1, [2]],
      [2, []],
    ] as const) {
      network
        .expectOne(({ method, url }) => method === 'DELETE' && url.includes(`/${id}`))
        .flush(null, nothing);
      await settled();
      list(...left);
      await settled();
    }
    expect(screen.getByText('A lixeira está vazia.')).toBeVisible();
  });
});
