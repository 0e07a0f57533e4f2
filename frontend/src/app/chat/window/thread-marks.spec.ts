import type { HttpTestingController } from '@angular/common/http/testing';
import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { screen, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../../testing/app-providers';
import { aContextUse, aConversation, aPost } from '../../../testing/samples';
import type { ContextUse, Post } from '../../api/contract';
import { Toasts } from '../../ui/toasts';
import { PostView } from '../post-view';
import { ThreadStore } from '../thread-store';
import { WindowActs } from './window-acts';
import { WindowStore } from './window-store';

const SUMMARY = {
  id: 4,
  conversationId: 12,
  postId: 39,
  posts: 31,
  text: 'Falou-se de **milho**.',
  model: 'openai/fake',
  createdAt: '2026-11-20T12:00:00.000Z',
  undoneAt: null,
  costUsd: 0.0012,
};

/** The posts of the open conversation, as its page shows them. */
@Component({
  imports: [PostView],
  template: `
    @for (post of thread.posts(); track post.key; let last = $last) {
      <app-post-view [post]="post" [last]="last" />
    }
  `,
})
class Thread {
  protected readonly thread = inject(ThreadStore);
}

describe('what the thread says of the window', () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
  });

  /** Shows posts 41 and 40, the last of a conversation, with what is known of the window. */
  const shown = async (use: Partial<ContextUse>, change: Partial<Post> = {}): Promise<void> => {
    const thread = TestBed.inject(ThreadStore);
    const opened = thread.open(12);
    network.expectOne('/api/conversations/12').flush(aConversation());
    network
      .expectOne(({ url }) => url === '/api/conversations/12/posts')
      .flush({ items: [aPost({ id: 41 }), aPost({ id: 40, ...change })], nextCursor: null });
    await opened;
    TestBed.inject(WindowStore).heed(12, 41, aContextUse(use));
    TestBed.createComponent(Thread);
    await settled();
  };
  const post = (nth: number): HTMLElement => {
    const found = screen.getAllByRole('article')[nth];
    if (!found) throw new Error(`No post ${String(nth)}`);
    return found;
  };
  const undoByToast = (): void => {
    const toasts = TestBed.inject(Toasts);
    const [toast] = toasts.all();
    if (toast) toasts.act(toast);
  };

  it('should say nothing while everything is read', async () => {
    await shown({ begins: 40 });
    expect(screen.queryByText(/o modelo/)).toBeNull();
    expect(post(0)).not.toHaveClass('left-out');
  });

  it('should draw the line where the window begins, and mark what is left out', async () => {
    await shown({ begins: 41, left: [{ postId: 40, reason: 'window' }] });
    expect(post(0)).toHaveClass('left-out');
    expect(within(post(0)).getByText('Fora da janela')).toBeVisible();
    expect(within(post(1)).getByText('Daqui para cima o modelo já não lê')).toBeVisible();
    expect(post(1)).not.toHaveClass('left-out');
  });

  it('should mark an older post that is sent all the same', async () => {
    await shown({
      begins: 41,
      kept: [{ postId: 40, reason: 'relevant' }],
      left: [{ postId: 39, reason: 'window' }],
    });
    expect(post(0)).not.toHaveClass('left-out');
    expect(within(post(0)).getByText(/tem a ver com a pergunta/)).toBeVisible();
    expect(within(post(1)).getByText(/só lê o que está marcado/)).toBeVisible();
  });

  it('should change nothing for a prompt that cannot be sent', async () => {
    await shown({ begins: 41, left: [{ postId: 40, reason: 'window' }] });
    const left = [41, 40].map((postId) => ({ postId, reason: 'window' as const }));
    TestBed.inject(WindowStore).heed(12, 41, aContextUse({ excess: 9, left }));
    await settled();
    expect(post(1)).not.toHaveClass('left-out');
    expect(within(post(1)).getByText('Daqui para cima o modelo já não lê')).toBeVisible();
  });

  it('should draw the line below all posts when none would be sent', async () => {
    const left = [41, 40].map((postId) => ({ postId, reason: 'window' as const }));
    await shown({ begins: null, left });
    expect(within(post(1)).getByText('Daqui para cima o modelo já não lê')).toBeVisible();
    expect(within(post(0)).queryByText(/Daqui para cima/)).toBeNull();
  });

  it('should pin at once, ask again what is sent, and unpin by the note', async () => {
    await shown({ begins: 40 });
    const version = TestBed.inject(WindowStore).version();
    await userEvent.click(
      await within(post(0)).findByRole('button', { name: 'Fixar: vai sempre para o modelo' }),
    );
    await settled();
    expect(within(post(0)).getByText('Fixada: vai sempre para o modelo')).toBeVisible();
    const call = network.expectOne('/api/posts/40/pin');
    expect(call.request.body).toEqual({ pinned: true });
    call.flush(null);
    await settled();
    expect(TestBed.inject(WindowStore).version()).toBe(version + 1);
    undoByToast();
    network.expectOne('/api/posts/40/pin').flush(null);
    await settled();
    expect(within(post(0)).queryByText(/Fixada/)).toBeNull();
  });

  it('should call one after the other, so that the last of two clicks holds', async () => {
    await shown({ begins: 40 });
    const pin = await within(post(0)).findByRole('button', { name: /^Fixar/ });
    await userEvent.click(pin);
    await settled();
    await userEvent.click(pin);
    const first = network.expectOne('/api/posts/40/pin');
    expect(first.request.body).toEqual({ pinned: true });
    first.flush(null);
    await settled();
    const second = network.expectOne('/api/posts/40/pin');
    expect(second.request.body).toEqual({ pinned: false });
    second.flush(null);
    await settled();
    expect(TestBed.inject(Toasts).all()).toMatchObject([{ text: 'Mensagem desafixada.' }]);
  });

  it('should start fresh once, however quickly one clicks again', async () => {
    await shown({ begins: 40 });
    const [held] = TestBed.inject(ThreadStore).posts();
    if (!held) throw new Error('No post');
    const acts = TestBed.inject(WindowActs);
    void acts.startFresh(held, true);
    void acts.startFresh(held, true);
    network.expectOne('/api/posts/40/fresh-start').flush(null);
    await settled();
    expect(TestBed.inject(Toasts).all()).toHaveLength(1);
  });

  it('should take a pin back that the server refused', async () => {
    await shown({ begins: 40 });
    await userEvent.click(await within(post(0)).findByRole('button', { name: /^Fixar/ }));
    network
      .expectOne('/api/posts/40/pin')
      .flush(null, { status: 500, statusText: 'Internal Server Error' });
    await settled();
    expect(within(post(0)).queryByText(/Fixada/)).toBeNull();
    expect(TestBed.inject(Toasts).all()).toHaveLength(1);
  });

  it('should start fresh after a post, show it, and undo it there', async () => {
    await shown({ begins: 40 });
    await userEvent.click(await within(post(0)).findByRole('button', { name: 'Ações' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Recomeçar depois desta' }));
    const call = network.expectOne('/api/posts/40/fresh-start');
    expect(call.request.body).toEqual({ on: true });
    call.flush(null);
    await settled();
    expect(within(post(0)).getByText(/O modelo lê a partir daqui/)).toBeVisible();
    await userEvent.click(within(post(0)).getByRole('button', { name: 'Desfazer' }));
    const undone = network.expectOne('/api/posts/40/fresh-start');
    expect(undone.request.body).toEqual({ on: false });
    undone.flush(null);
    await settled();
    expect(within(post(0)).queryByText(/a partir daqui/)).toBeNull();
  });

  it('should fetch a summary when it is wanted, undo it, and bring it back', async () => {
    await shown({
      begins: 40,
      left: [{ postId: 39, reason: 'summary' }],
      leftOlder: 30,
      summary: { id: 4, postId: 39, posts: 31, tokens: 90 },
    });
    const card = within(post(0));
    expect(card.getByText('31 mensagens anteriores vão como resumo')).toBeVisible();
    network.expectNone('/api/summaries/4');
    await userEvent.click(card.getByRole('button', { name: 'Mostrar' }));
    network.expectOne('/api/summaries/4').flush(SUMMARY);
    await settled();
    expect(card.getByText('milho').tagName).toBe('STRONG');
    expect(card.getByText('Resumo de fake')).toBeVisible();
    expect(card.getByText('US$ 0,0012')).toBeVisible();
    await userEvent.click(card.getByRole('button', { name: 'Desfazer' }));
    network.expectOne({ method: 'DELETE', url: '/api/summaries/4' }).flush(null);
    await settled();
    undoByToast();
    network.expectOne('/api/summaries/4/restore').flush(SUMMARY);
    await settled();
    expect(TestBed.inject(Toasts).all().at(-1)?.text).toBe('Resumo de volta.');
  });
});
