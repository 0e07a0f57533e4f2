import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { fireEvent, screen, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aCollection, aDocument, aSession } from '../../testing/samples';
import type { Collection, KnowledgeDocument } from '../api/knowledge-contract';
import { SessionStore } from '../auth/session-store';
import { Toasts } from '../ui/toasts';
import { CollectionPage } from './collection-page';

describe(CollectionPage.name, () => {
  let network: HttpTestingController;
  let page: ComponentFixture<CollectionPage>;

  beforeEach(async () => {
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
  });

  const lists = (): TestRequest[] =>
    network.match(({ method, url }) => method === 'GET' && url === '/api/collections/5/documents');

  async function open(
    documents: readonly KnowledgeDocument[],
    collection: Partial<Collection> = {},
  ): Promise<void> {
    page = TestBed.createComponent(CollectionPage);
    page.componentRef.setInput('id', '5');
    await settled();
    network
      .expectOne('/api/collections/5')
      .flush(aCollection({ documents: documents.length, ...collection }));
    lists()[0]?.flush({ items: documents, nextCursor: null });
    await settled();
    await page.whenStable();
  }

  it('should say what can be put in an empty collection, and take files dropped on the page', async () => {
    await open([]);
    expect(screen.getByRole('heading', { name: 'Envie os primeiros documentos' })).toBeVisible();
    const file = new File(['x'], 'ata.md');
    const item = { kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => null };
    const dataTransfer = { types: ['Files'], items: [item], files: [file] };
    const area = screen.getByRole('heading', { level: 1 });
    fireEvent.dragEnter(area, { dataTransfer });
    await settled();
    expect(screen.getByText('Solte para enviar a “Contratos”')).toBeInTheDocument();
    fireEvent.drop(area, { dataTransfer });
    await settled();
    network
      .expectOne({ method: 'POST', url: '/api/collections/5/documents' })
      .flush(aDocument({ title: 'ata.md', status: 'waiting', progress: 0 }));
    await settled();
    expect(screen.getByRole('link', { name: 'ata.md' })).toBeVisible();
    expect(screen.getByText('Na fila para ser lido')).toBeVisible();
  });

  it('should look again while something is being read and the tab is seen, and only then', async () => {
    jest.useFakeTimers();
    try {
      await open([aDocument({ status: 'parsing', progress: 20 })]);
      expect(screen.getByText('20%')).toBeVisible();
      jest.advanceTimersByTime(1000);
      const [look] = lists();
      jest.advanceTimersByTime(5000);
      expect(lists()).toEqual([]);
      look?.flush({ items: [aDocument({ status: 'parsing', progress: 70 })], nextCursor: null });
      await settled();
      expect(screen.getByText('70%')).toBeVisible();

      hideTab(true);
      await settled();
      jest.advanceTimersByTime(5000);
      expect(lists()).toEqual([]);

      hideTab(false);
      await settled();
      jest.advanceTimersByTime(1000);
      lists()[0]?.flush({ items: [aDocument()], nextCursor: null });
      await settled();
      jest.advanceTimersByTime(5000);
      expect(lists()).toEqual([]);
    } finally {
      hideTab(false);
      jest.useRealTimers();
    }
  });

  it('should say in words why a document could not be read', async () => {
    const error = { code: 'DOCUMENT.ENCRYPTED', message: 'O arquivo está protegido por senha.' };
    await open([aDocument({ status: 'failed', error, version: null })]);
    expect(screen.getByText('O arquivo está protegido por senha.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Ler Contrato Acme de novo' }));
    network.expectOne('/api/documents/31/retry').flush(aDocument({ status: 'waiting' }));
    await settled();
    expect(screen.queryByText('O arquivo está protegido por senha.')).toBeNull();
  });

  it('should delete what is selected, and bring it back', async () => {
    await open([aDocument({ id: 31, title: 'Um' }), aDocument({ id: 32, title: 'Dois' })]);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Selecionar Dois' }));
    await userEvent.click(screen.getByRole('button', { name: 'Excluir' }));
    network.expectOne({ method: 'DELETE', url: '/api/documents/32' }).flush(null);
    await settled();
    expect(screen.queryByRole('link', { name: 'Dois' })).toBeNull();
    const [toast] = TestBed.inject(Toasts).all();
    expect(toast).toMatchObject({ text: '“Dois” foi para a lixeira.' });
    toast?.action?.run();
    network.expectOne('/api/documents/32/restore').flush(aDocument({ id: 32, title: 'Dois' }));
    await settled();
    expect(screen.getByRole('link', { name: 'Dois' })).toBeVisible();
  });

  it('should offer a reader nothing that the server would refuse', async () => {
    await open([aDocument()], { role: 'reader' });
    const buttons = screen.getAllByRole('button').map((button) => button.textContent?.trim());
    expect(buttons.join()).not.toMatch(/Excluir|Enviar|Mover/);
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(within(screen.getByRole('list')).getByText('Contrato Acme')).toBeVisible();
  });

  it('should say that a collection is not there, whoever it belongs to', async () => {
    page = TestBed.createComponent(CollectionPage);
    page.componentRef.setInput('id', '5');
    await settled();
    const body = { error: { code: 'COLLECTION.NOT_FOUND', message: 'Não existe.' } };
    network.expectOne('/api/collections/5').flush(body, { status: 404, statusText: 'Not Found' });
    await settled();
    expect(screen.getByRole('heading', { name: 'Esta coleção não está aqui' })).toBeVisible();
  });
});

function hideTab(hidden: boolean): void {
  const state = hidden ? 'hidden' : 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}
