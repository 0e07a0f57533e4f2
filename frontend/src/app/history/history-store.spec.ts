import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aConversation, aSession } from '../../testing/samples';
import { SessionStore } from '../auth/session-store';
import { Toasts } from '../ui/toasts';
import { HistoryStore } from './history-store';

const LIST = '/api/conversations';

describe(HistoryStore.name, () => {
  let network: HttpTestingController;
  let store: HistoryStore;

  const answerList = (ids: readonly number[], nextCursor: string | null = null): void =>
    network
      .expectOne(({ url, method }) => url === LIST && method === 'GET')
      .flush({ items: ids.map((id) => aConversation({ id })), nextCursor });

  beforeEach(async () => {
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    store = TestBed.inject(HistoryStore);
    TestBed.tick();
    answerList([3, 2], 'older');
    await settled();
  });

  afterEach(() => network.verify());

  const shown = (): number[] => store.conversations().map(({ id }) => id);

  it('should add older pages and keep them when the newest is fetched again', async () => {
    const more = store.loadMore();
    void store.loadMore();
    answerList([1]);
    await more;
    expect(shown()).toEqual([3, 2, 1]);
    expect(store.hasMore()).toBe(false);
    const refreshed = store.refresh();
    answerList([4, 3, 2], 'older');
    await refreshed;
    expect(shown()).toEqual([4, 3, 2, 1]);
    expect(store.hasMore()).toBe(false);
  });

  it('should take a conversation away at once and bring it back on undo', async () => {
    const removed = store.remove(aConversation({ id: 3 }));
    expect(shown()).toEqual([2]);
    network.expectOne(`${LIST}/3`).flush(null, { status: 204, statusText: 'No Content' });
    expect(await removed).toBe(true);
    const toast = TestBed.inject(Toasts).all()[0];
    expect(toast?.action?.label).toBe('Desfazer');
    toast?.action?.run();
    network.expectOne(`${LIST}/3/restore`).flush(aConversation({ id: 3 }));
    await settled();
    expect(shown()).toEqual([3, 2]);
  });

  it('should put it back when the server would not delete it', async () => {
    const removed = store.remove(aConversation({ id: 3 }));
    network.expectOne(`${LIST}/3`).error(new ProgressEvent('error'));
    expect(await removed).toBe(false);
    expect(shown()).toEqual([3, 2]);
    expect(TestBed.inject(Toasts).all()[0]?.text).toBe('Sem conexão com o servidor.');
  });

  it('should show a new name and tell the other tabs', async () => {
    const elsewhere = new BroadcastChannel('prosa');
    const told = new Promise((resolve) => {
      elsewhere.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
    });
    const renamed = store.rename(3, 'Curau');
    const call = network.expectOne(`${LIST}/3`);
    expect(call.request.body).toEqual({ title: 'Curau' });
    call.flush(aConversation({ id: 3, title: 'Curau' }));
    expect(await renamed).toBe(true);
    expect(store.conversations()[0]?.title).toBe('Curau');
    expect(await told).toEqual({ type: 'history-changed' });
    elsewhere.close();
  });

  it('should show nothing of one person to the next', async () => {
    const out = TestBed.inject(SessionStore).signOut();
    network.expectOne('/api/auth/logout').flush(null, { status: 204, statusText: 'No Content' });
    await out;
    TestBed.tick();
    expect(shown()).toEqual([]);
  });
});
