import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aConversation, aPost, aSession } from '../../testing/samples';
import { SessionStore } from '../auth/session-store';
import { ThreadStore } from './thread-store';

const HISTORY = { items: [], nextCursor: null };

describe(ThreadStore.name, () => {
  let network: HttpTestingController;
  let thread: ThreadStore;

  const signIn = async (id: number): Promise<void> => {
    const restarted = TestBed.inject(SessionStore).restart();
    network.expectOne('/api/auth/refresh').flush(aSession('token', { id }));
    await restarted;
    TestBed.tick();
    network.expectOne(({ url }) => url === '/api/conversations').flush(HISTORY);
    await settled();
  };
  const answer = (id: number): void => {
    network.expectOne(`/api/conversations/${id}`).flush(aConversation({ id }));
    network
      .expectOne(({ url }) => url === `/api/conversations/${id}/posts`)
      .flush({
        items: [aPost({ id, conversationId: id })],
        nextCursor: null,
        previousCursor: null,
      });
  };
  const fail = (id: number): void => {
    const calls = network.match(({ url }) => url.startsWith(`/api/conversations/${id}`));
    for (const call of calls) if (!call.cancelled) call.error(new ProgressEvent('error'));
  };
  const open = async (id: number, reply: (id: number) => void): Promise<void> => {
    const opened = thread.open(id);
    reply(id);
    await opened;
    await settled();
  };

  beforeEach(async () => {
    network = await givenTheApp();
    thread = TestBed.inject(ThreadStore);
    await signIn(7);
  });

  it('should show what was read before while the server is away, and read it again later', async () => {
    await open(1, answer);
    await open(2, answer);
    await open(1, fail);
    expect(thread.state()).toBe('ready');
    expect(thread.posts().map(({ id }) => id)).toEqual([1]);
    expect(thread.conversation()?.id).toBe(1);
    expect(thread.remembered()).toBe(true);
    fail(1);
    const again = thread.reload();
    answer(1);
    await again;
    expect(thread.remembered()).toBe(false);
  });

  it('should say so when there is nothing to remember', async () => {
    await open(1, fail);
    expect(thread.state()).toBe('failed');
  });

  it('should remember the last twenty', async () => {
    for (let id = 1; id <= 22; id++) await open(id, answer);
    await open(1, fail);
    expect(thread.state()).toBe('failed');
    await open(3, fail);
    expect(thread.state()).toBe('ready');
  });

  it('should remember nothing of one person for the next', async () => {
    await open(1, answer);
    thread.leave();
    await signIn(8);
    await open(1, fail);
    expect(thread.state()).toBe('failed');
  });
});
