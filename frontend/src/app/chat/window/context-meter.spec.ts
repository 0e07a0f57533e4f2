import { jest } from '@jest/globals';
import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { fireEvent, screen } from '@testing-library/dom';
import { givenTheApp, settled } from '../../../testing/app-providers';
import { aContextUse, aConversation, aPost, aSession } from '../../../testing/samples';
import type { ContextUse } from '../../api/contract';
import { SessionStore } from '../../auth/session-store';
import { Toasts } from '../../ui/toasts';
import { Composer } from '../composer';
import { ModelsStore } from '../models-store';
import { ThreadStore } from '../thread-store';
import { ContextMeter } from './context-meter';
import { TYPING_PAUSE_MS } from './window.rules';

const aModel = (id: string, contextWindow: number) => ({
  id,
  provider: 'openai',
  contextWindow,
  available: true,
  reason: null,
  default: id === 'openai/small',
});
const MODELS = [
  aModel('openai/small', 8192),
  aModel('openai/large', 128_000),
  aModel('quotes', 1_000_000),
];

describe(ContextMeter.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    window.matchMedia = ((query: string) => ({ matches: false, media: query })) as never;
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    const loaded = TestBed.inject(ModelsStore).load();
    network.expectOne('/api/models').flush({ items: MODELS });
    await loaded;
    jest.useFakeTimers();
    TestBed.createComponent(Composer);
    await passed(0);
  });

  afterEach(() => jest.useRealTimers());

  const passed = async (ms: number): Promise<void> => {
    TestBed.tick();
    jest.advanceTimersByTime(ms);
    await settled();
  };
  const asked = (url = '/api/context'): TestRequest => network.expectOne(url);
  const told = async (change: Partial<ContextUse>): Promise<void> => {
    asked().flush(aContextUse(change));
    await settled();
  };
  const write = async (text: string): Promise<void> => {
    fireEvent.input(screen.getByLabelText('Sua mensagem'), { target: { value: text } });
    await passed(TYPING_PAUSE_MS);
  };
  const meter = (): HTMLElement => screen.getByRole('button', { name: /^Janela de contexto:/ });
  const openConversation = async (): Promise<void> => {
    const opened = TestBed.inject(ThreadStore).open(12);
    network.expectOne('/api/conversations/12').flush(aConversation());
    const posts = [aPost({ id: 41 }), aPost({ id: 40 })];
    network
      .expectOne(({ url }) => url === '/api/conversations/12/posts')
      .flush({ items: posts, nextCursor: null });
    await opened;
    await passed(0);
  };

  it('should say how full the window of a conversation is that does not exist yet', async () => {
    await told({ used: 2048 });
    expect(meter()).toHaveTextContent('33%');
  });

  it('should ask about what is typed, and give an earlier question up', async () => {
    await told({});
    await write('Uma');
    const first = asked();
    expect(first.request.body).toEqual({ prompt: 'Uma', model: 'openai/small' });
    await write('Uma pergunta');
    expect(first.cancelled).toBe(true);
    await told({ used: 6144 });
    expect(meter()).toHaveTextContent('100%');
  });

  it('should wait for a pause in the typing', async () => {
    await told({});
    fireEvent.input(screen.getByLabelText('Sua mensagem'), { target: { value: 'Uma' } });
    await passed(TYPING_PAUSE_MS - 1);
    network.expectNone('/api/context');
    await passed(1);
    asked();
  });

  it('should be silent when the server does not say', async () => {
    asked().flush(null, { status: 500, statusText: 'Internal Server Error' });
    await settled();
    expect(screen.queryByRole('button', { name: /^Janela de contexto:/ })).toBeNull();
    expect(TestBed.inject(Toasts).all()).toEqual([]);
    await write('Uma');
    await told({ used: 3072 });
    expect(meter()).toHaveTextContent('50%');
    expect(screen.getByRole('button', { name: 'Enviar' })).toBeEnabled();
  });

  it('should not offer to send what exceeds the window, and say what to do', async () => {
    await told({});
    await write('Um livro inteiro');
    await told({ used: 9000, excess: 2856 });
    expect(meter()).toHaveTextContent('Excede em 2.856 tokens');
    expect(screen.getByText(/em 2\.856 tokens\.\s+Encurte o texto ou use/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Enviar' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: /Usar quotes/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Usar large' }));
    await passed(0);
    const again = asked();
    expect(again.request.body).toMatchObject({ model: 'openai/large' });
    again.flush(aContextUse({ limit: 128_000, used: 9000 }));
    await settled();
    expect(screen.getByRole('button', { name: 'Enviar' })).toBeEnabled();
    expect(screen.queryByText(/Encurte o texto/)).toBeNull();
  });

  it('should say once why a prompt came back that exceeds the window', async () => {
    asked();
    fireEvent.input(screen.getByLabelText('Sua mensagem'), { target: { value: 'Um livro' } });
    fireEvent.keyDown(screen.getByLabelText('Sua mensagem'), { key: 'Enter' });
    await settled();
    const error = { code: 'POST.WINDOW_EXCEEDED', message: 'Longo demais.' };
    const refusal = JSON.stringify({ error });
    network
      .expectOne({ method: 'POST', url: '/api/posts' })
      .flush(refusal, { status: 413, statusText: 'Content Too Large' });
    await passed(TYPING_PAUSE_MS);
    expect(screen.getByText(/Longo demais/)).toBeVisible();
    await told({ used: 9000, excess: 2856 });
    expect(screen.queryByText(/Longo demais/)).toBeNull();
    expect(screen.getByText(/em 2\.856 tokens\.\s+Encurte o texto/)).toBeVisible();
    expect(screen.getByLabelText('Sua mensagem')).toHaveValue('Um livro');
  });

  it('should let a shortened prompt be sent before the server has counted it', async () => {
    await told({});
    await write('Um livro inteiro');
    await told({ used: 9000, excess: 2856 });
    fireEvent.input(screen.getByLabelText('Sua mensagem'), { target: { value: 'Um livro' } });
    await settled();
    expect(screen.getByRole('button', { name: 'Enviar' })).toBeEnabled();
  });

  it('should show the figures and what stays out, and start fresh from there', async () => {
    asked();
    await openConversation();
    const question = asked('/api/conversations/12/context');
    expect(question.request.body).toMatchObject({ parentId: 41, prompt: '' });
    question.flush(
      aContextUse({
        used: 5000,
        begins: 41,
        left: [{ postId: 40, reason: 'window' }],
        leftOlder: 11,
      }),
    );
    await settled();
    expect(meter()).toHaveTextContent('12 de fora');
    fireEvent.click(meter());
    await settled();
    const details = screen.getByRole('dialog', { name: 'Janela de contexto' });
    expect(details).toHaveTextContent(/Em uso5\.000.*resposta2\.048.*Livre1\.144/);
    expect(details).toHaveTextContent('12 que não cabem');
    fireEvent.click(screen.getByRole('button', { name: 'Recomeçar daqui' }));
    const call = asked('/api/posts/41/fresh-start');
    expect(call.request.body).toEqual({ on: true });
    call.flush(null);
    await settled();
    await passed(0);
    expect(screen.queryByRole('dialog')).toBeNull();
    asked('/api/conversations/12/context');
  });

  it('should close its details on Escape', async () => {
    await told({});
    fireEvent.click(meter());
    await settled();
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape', keyCode: 27 });
    await settled();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
