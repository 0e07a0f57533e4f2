import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../../testing/app-providers';
import { aConversation, aDocument, aSession } from '../../../testing/samples';
import { SessionStore } from '../../auth/session-store';
import { Toasts } from '../../ui/toasts';
import { Composer } from '../composer';
import { Attachments } from './attachments';

const FILES = '/api/conversations/12/attachments';

describe(Attachments.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    window.matchMedia = ((query: string) => ({ matches: false, media: query })) as never;
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    TestBed.createComponent(Composer);
    await settled();
  });

  const box = (): HTMLTextAreaElement => screen.getByLabelText('Sua mensagem');
  const send = (): HTMLElement => screen.getByRole('button', { name: 'Enviar' });

  async function attach(name: string): Promise<void> {
    await userEvent.upload(screen.getByLabelText('Anexar arquivos'), new File(['x'], name));
    await settled();
  }

  async function openDialog(name: string): Promise<void> {
    // jsdom has no dialogs.
    HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
      this.open = true;
    };
    await userEvent.click(screen.getByRole('button', { name: 'Comandos, anexos e instruções' }));
    await userEvent.click(screen.getByRole('menuitem', { name }));
    await settled();
  }

  async function add(): Promise<void> {
    await userEvent.click(screen.getByRole('button', { name: 'Adicionar' }));
    await settled();
  }

  async function beginConversation(): Promise<void> {
    network.expectOne({ method: 'POST', url: '/api/conversations' }).flush(aConversation());
    await settled();
    await settled();
    network
      .match(({ method, url }) => method === 'GET' && url === FILES)
      .forEach((list) => list.flush({ items: [], nextCursor: null }));
    await settled();
  }

  it('should make the conversation first, lose nothing that was typed, and send once it is read', async () => {
    await userEvent.type(box(), 'O que diz o contrato?');
    await attach('contrato.md');
    expect(send()).toBeDisabled();
    await beginConversation();
    expect(TestBed.inject(Router).url).toBe('/c/12');
    expect(box()).toHaveValue('O que diz o contrato?');
    expect(screen.getByText('contrato.md')).toBeVisible();
    network
      .expectOne({ method: 'POST', url: FILES })
      .flush(aDocument({ title: 'contrato.md', status: 'ready' }));
    await settled();
    expect(send()).toBeEnabled();
    await userEvent.click(send());
    await settled();
    network.expectOne({ method: 'POST', url: '/api/conversations/12/posts' });
  });

  it('should wait while one is being read, and not for one that failed', async () => {
    await attach('a.pdf');
    await beginConversation();
    await userEvent.type(box(), 'Oi');
    const upload = network.expectOne({ method: 'POST', url: FILES });
    upload.flush(aDocument({ status: 'parsing', progress: 40 }));
    await settled();
    expect(send()).toBeDisabled();
    expect(screen.getByText(/Lendo/)).toHaveTextContent('40%');
    await userEvent.click(screen.getByRole('button', { name: 'Remover o anexo Contrato Acme' }));
    network.expectOne({ method: 'DELETE', url: '/api/documents/31' }).flush(null);
    await settled();
    expect(send()).toBeEnabled();
    await attach('b.pdf');
    const body = { error: { code: 'DOCUMENT.TYPE', message: 'Este tipo não é lido.' } };
    network
      .expectOne({ method: 'POST', url: FILES })
      .flush(body, { status: 415, statusText: 'Unsupported' });
    await settled();
    expect(screen.getByText('Este tipo não é lido.')).toBeVisible();
    expect(send()).toBeEnabled();
  });

  it('should bring a removed one back', async () => {
    await attach('a.md');
    await beginConversation();
    network.expectOne({ method: 'POST', url: FILES }).flush(aDocument());
    await settled();
    await userEvent.click(screen.getByRole('button', { name: 'Remover o anexo Contrato Acme' }));
    network.expectOne({ method: 'DELETE', url: '/api/documents/31' }).flush(null);
    await settled();
    expect(screen.queryByText('Contrato Acme')).toBeNull();
    const [toast] = TestBed.inject(Toasts).all();
    if (toast) TestBed.inject(Toasts).act(toast);
    network.expectOne({ method: 'POST', url: '/api/documents/31/restore' }).flush(aDocument());
    await settled();
    expect(screen.getByText('Contrato Acme')).toBeVisible();
  });

  it('should take a page of the web to a new conversation, and say why it was refused', async () => {
    await openDialog('Anexar uma página da web');
    await userEvent.type(screen.getByLabelText('Endereço da página'), 'não é um endereço');
    await add();
    expect(screen.getByText(/Este não é um endereço da web/)).toBeVisible();
    await userEvent.clear(screen.getByLabelText('Endereço da página'));
    await userEvent.type(screen.getByLabelText('Endereço da página'), 'exemplo.com.br/manual');
    await add();
    await beginConversation();
    const [error, refused] = [
      { code: 'DOCUMENT.PRIVATE', message: 'Este endereço é interno.' },
      { status: 422, statusText: 'Unprocessable' },
    ];
    const page = network.expectOne({ method: 'POST', url: `${FILES}/pages` });
    expect(page.request.body).toEqual({ url: 'https://exemplo.com.br/manual' });
    page.flush({ error }, refused);
    await settled();
    expect(screen.getByText('Este endereço é interno.')).toBeVisible();
    await add();
    network
      .expectOne({ method: 'POST', url: `${FILES}/pages` })
      .flush(aDocument({ title: 'exemplo.com.br', status: 'waiting', progress: 0 }));
    await settled();
    expect(screen.queryByLabelText('Endereço da página')).toBeNull();
    expect(screen.getByText('exemplo.com.br')).toBeVisible();
    expect(send()).toBeDisabled();
  });

  it('should keep what is attached while the list is still on its way', async () => {
    await openDialog('Anexar um texto colado');
    await userEvent.type(screen.getByLabelText('Título'), 'Ata');
    await userEvent.type(screen.getByLabelText('Texto'), 'Ficou decidido.');
    await add();
    network.expectOne({ method: 'POST', url: '/api/conversations' }).flush(aConversation());
    await settled();
    await settled();
    const text = network.expectOne({ method: 'POST', url: `${FILES}/texts` });
    text.flush(aDocument({ title: 'Ata' }));
    await settled();
    network
      .match(({ method, url }) => method === 'GET' && url === FILES)
      .forEach((list) => list.flush({ items: [], nextCursor: null }));
    await settled();
    expect(screen.getByText('Ata')).toBeVisible();
  });

  it('should attach a pasted text with its title', async () => {
    await openDialog('Anexar um texto colado');
    await userEvent.type(screen.getByLabelText('Título'), 'Ata');
    await add();
    expect(screen.getByText('Cole o texto aqui.')).toBeVisible();
    await userEvent.type(screen.getByLabelText('Texto'), 'Ficou decidido.');
    await add();
    await beginConversation();
    const text = network.expectOne({ method: 'POST', url: `${FILES}/texts` });
    expect(text.request.body).toEqual({ title: 'Ata', text: 'Ficou decidido.' });
    text.flush(aDocument({ title: 'Ata' }));
    await settled();
    expect(screen.getByText('Ata')).toBeVisible();
  });
});
