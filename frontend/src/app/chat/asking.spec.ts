import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { waitFor } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aConversation, aPost, aSession, arrive, frames } from '../../testing/samples';
import { SessionStore } from '../auth/session-store';
import { HistoryStore } from '../history/history-store';
import { Asking } from './asking';
import { Drafts } from './drafts';
import { ThreadStore } from './thread-store';
import { TypedPrompts } from './typed-prompts';

const POST = ['post', { postId: 41, conversationId: 12, parentId: null, runId: 'r' }] as const;

/** Text is shown once a frame, and more rarely where frames are slow. */
const shown = (expectation: () => void): Promise<void> => waitFor(expectation, { timeout: 4000 });

describe(Asking.name, () => {
  let network: HttpTestingController;
  let asking: Asking;
  let thread: ThreadStore;
  let drafts: Drafts;

  beforeEach(async () => {
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    asking = TestBed.inject(Asking);
    thread = TestBed.inject(ThreadStore);
    drafts = TestBed.inject(Drafts);
    TestBed.inject(HistoryStore);
    TestBed.tick();
    network
      .expectOne(({ url }) => url === '/api/conversations')
      .flush({ items: [], nextCursor: null });
    await settled();
  });

  async function givenANewConversation(prompt: string): Promise<TestRequest> {
    asking.ask(prompt, null);
    await settled();
    return network.expectOne({ method: 'POST', url: '/api/posts' });
  }

  it('should make a conversation, show the answer as it comes and keep the stored one', async () => {
    const request = await givenANewConversation('Oi');
    expect(thread.posts()[0]).toMatchObject({ prompt: 'Oi', body: '', status: 'answering' });
    expect(drafts.read(null).sent?.prompt).toBe('Oi');
    arrive(request, frames([POST, ['delta', { at: 0, text: 'Olá' }]]));
    await shown(() => expect(thread.posts()[0]).toMatchObject({ id: 41, body: 'Olá' }));
    expect(drafts.read(null).text).toBe('');
    await settled();
    expect(TestBed.inject(Router).url).toBe('/c/12');
    const { key } = thread.posts()[0] ?? {};
    arrive(request, frames([['done', { status: 'done' }]], 3));
    await shown(() =>
      network.expectOne('/api/posts/41').flush(aPost({ id: 41, prompt: 'Oi', body: 'Olá!' })),
    );
    await settled();
    expect(thread.posts()[0]).toMatchObject({ key, body: 'Olá!', status: 'done' });
    expect(asking.lastFinished()).toBe(key);
  });

  it('should know what was written in a prompt of which the server kept a notice', async () => {
    const request = await givenANewConversation('Seu palavrão');
    const rail = {
      stage: 'input',
      rail: 'blocked-terms',
      action: 'block',
      message: 'Não.',
    } as const;
    const told = frames([POST, ['rail', rail], ['done', { status: 'blocked' }]]);
    arrive(request, told);
    const error = { code: 'GUARDRAIL.BLOCKED', message: 'Não.' };
    const stored = aPost({ id: 41, prompt: '[Não guardada]', status: 'blocked', error });
    await shown(() => network.expectOne('/api/posts/41').flush(stored));
    await settled();
    const [post] = thread.posts();
    if (!post) throw new Error('Nothing is shown.');
    const typed = TestBed.inject(TypedPrompts);
    expect(post.prompt).toBe('[Não guardada]');
    expect(typed.of(post)).toBe('Seu palavrão');
    // Of one that was read from the server nothing is known.
    expect(typed.of({ ...post, id: 40 })).toBe('');
    expect(JSON.stringify({ ...localStorage })).not.toContain('palavrão');
  });

  it('should ask once when a starter is clicked twice', async () => {
    asking.ask('Oi', null);
    asking.ask('Oi', null);
    await settled();
    network.expectOne({ method: 'POST', url: '/api/posts' });
    expect(thread.posts()).toHaveLength(1);
  });

  it('should give a refused prompt back, make no conversation and use the same key again', async () => {
    const request = await givenANewConversation('Oi');
    const key = request.request.headers.get('Idempotency-Key');
    const body = '{"error":{"code":"RUN.TOO_MANY","message":"Espere."}}';
    request.flush(body, { status: 429, statusText: 'Too Many Requests' });
    await settled();
    expect(asking.refused()).toMatchObject({ message: 'Espere.', prompt: 'Oi' });
    expect(thread.posts()).toEqual([]);
    expect(thread.conversationId()).toBeNull();
    expect(TestBed.inject(HistoryStore).conversations()).toEqual([]);
    expect(drafts.read(null).text).toBe('Oi');
    asking.ask('Oi', null);
    await settled();
    const again = network.expectOne({ method: 'POST', url: '/api/posts' });
    expect(again.request.headers.get('Idempotency-Key')).toBe(key);
  });

  it('should not hand a prompt over with a key the server knows for another', async () => {
    const request = await givenANewConversation('Oi');
    const key = request.request.headers.get('Idempotency-Key');
    const body = '{"error":{"code":"RUN.KEY_REUSED","message":"Outra."}}';
    request.flush(body, { status: 422, statusText: 'Unprocessable' });
    await settled();
    asking.ask('Oi', null);
    await settled();
    const again = network.expectOne({ method: 'POST', url: '/api/posts' });
    expect(again.request.headers.get('Idempotency-Key')).not.toBe(key);
  });

  it('should move what was typed meanwhile to the conversation that was made', async () => {
    const request = await givenANewConversation('Oi');
    drafts.write(null, { ...drafts.read(null), text: 'e mais isto' });
    arrive(request, frames([POST]));
    await settled();
    expect(drafts.read(null).text).toBe('');
    expect(drafts.read(12).text).toBe('e mais isto');
  });

  it('should follow an answer that was on its way when the page was opened', async () => {
    const opened = thread.open(12);
    network.expectOne('/api/conversations/12').flush(aConversation());
    network
      .expectOne(({ url }) => url === '/api/conversations/12/posts')
      .flush({ items: [aPost({ status: 'answering', body: 'Com mi' })], nextCursor: null });
    await opened;
    TestBed.tick();
    const request = network.expectOne('/api/posts/40/events');
    arrive(
      request,
      frames([
        ['delta', { at: 0, text: 'Com milho' }],
        ['delta', { at: 9, text: ' verde.' }],
      ]),
    );
    await shown(() => expect(thread.posts()[0]?.body).toBe('Com milho verde.'));
  });

  it('should close the stream of a conversation that is left', async () => {
    const request = await givenANewConversation('Oi');
    arrive(request, frames([POST]));
    await shown(() => expect(thread.posts()[0]?.id).toBe(41));
    thread.leave();
    TestBed.tick();
    expect(request.cancelled).toBe(true);
  });
});
