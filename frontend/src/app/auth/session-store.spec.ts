import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aSession } from '../../testing/samples';
import { ConversationsApi } from '../api/conversations-api';
import { TabChannel } from '../api/tab-channel';
import { LanguageStore } from '../i18n/language-store';
import { SessionStore } from './session-store';

const REFRESH = '/api/auth/refresh';
const UNAUTHORIZED = { status: 401, statusText: 'Unauthorized' };
const NO_SESSION = { error: { code: 'AUTH.REQUIRED', message: 'Entre.' } };

describe(SessionStore.name, () => {
  let network: HttpTestingController;
  let session: SessionStore;

  beforeEach(async () => {
    network = await givenTheApp();
    session = TestBed.inject(SessionStore);
  });

  afterEach(() => network.verify());

  async function givenSomebody(): Promise<void> {
    const started = session.start();
    network.expectOne(REFRESH).flush(aSession());
    await started;
  }

  it('should take up the session of the cookie', async () => {
    await givenSomebody();
    expect(session.user()?.username).toBe('ana');
    expect(session.status()).toBe('signed-in');
    expect(session.token()).toBe('token-1');
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('token-1');
  });

  it('should learn whether this is the first run when nobody is signed in', async () => {
    const started = session.start();
    network.expectOne(REFRESH).flush(NO_SESSION, UNAUTHORIZED);
    await settled();
    network.expectOne('/api/setup').flush({ needed: true, codeRequired: true });
    await started;
    expect(session.setupState()).toEqual({ needed: true, codeRequired: true });
    expect(session.status()).toBe('signed-out');
  });

  it('should not take a server that is away for a session that is over', async () => {
    const started = session.start();
    network.expectOne(REFRESH).error(new ProgressEvent('error'));
    await started;
    expect(session.status()).toBe('unreachable');
  });

  it('should speak the person’s language', async () => {
    const started = session.start();
    network.expectOne(REFRESH).flush(aSession('t', { locale: 'en' }));
    await started;
    expect(TestBed.inject(LanguageStore).language()).toBe('en');
  });

  it('should refresh once for calls that fail together, and repeat each', async () => {
    await givenSomebody();
    const api = TestBed.inject(ConversationsApi);
    const both = Promise.all([api.read(1), api.read(2)]);
    for (const id of [1, 2]) {
      const call = network.expectOne(`/api/conversations/${String(id)}`);
      expect(call.request.headers.get('Authorization')).toBe('Bearer token-1');
      call.flush(NO_SESSION, UNAUTHORIZED);
    }
    const refresh = network.expectOne(REFRESH);
    expect(refresh.request.headers.has('Authorization')).toBe(false);
    refresh.flush(aSession('token-2'));
    await settled();
    for (const id of [1, 2]) {
      const call = network.expectOne(`/api/conversations/${String(id)}`);
      expect(call.request.headers.get('Authorization')).toBe('Bearer token-2');
      call.flush({ id });
    }
    expect((await both).map(({ id }) => id)).toEqual([1, 2]);
  });

  it('should forget everybody when the session is over', async () => {
    await givenSomebody();
    const call = TestBed.inject(ConversationsApi).read(1);
    network.expectOne('/api/conversations/1').flush(NO_SESSION, UNAUTHORIZED);
    network.expectOne(REFRESH).flush(NO_SESSION, UNAUTHORIZED);
    await expect(call).rejects.toMatchObject({ status: 401 });
    expect(session.user()).toBeNull();
    expect(session.token()).toBeNull();
  });

  it('should know that the server ended the session, until somebody signs in', async () => {
    await givenSomebody();
    const call = TestBed.inject(ConversationsApi).read(1);
    network.expectOne('/api/conversations/1').flush(NO_SESSION, UNAUTHORIZED);
    network.expectOne(REFRESH).flush(NO_SESSION, UNAUTHORIZED);
    await expect(call).rejects.toMatchObject({ status: 401 });
    expect(session.wasEnded()).toBe(true);
    const entered = session.restart();
    network.expectOne(REFRESH).flush(aSession());
    await entered;
    expect(session.wasEnded()).toBe(false);
  });

  it('should not bring back, at a reload, somebody whose sign-out the server did not hear', async () => {
    await givenSomebody();
    const left = session.signOut();
    network.expectOne('/api/auth/logout').error(new ProgressEvent('error'));
    await expect(left).rejects.toMatchObject({ status: 0 });
    expect(session.user()).toBeNull();
    const reloaded = session.restart();
    network.expectNone(REFRESH);
    network.expectOne('/api/auth/logout').flush(null, { status: 204, statusText: 'No Content' });
    await settled();
    network.expectOne(REFRESH).flush(NO_SESSION, UNAUTHORIZED);
    await settled();
    network.expectOne('/api/setup').flush({ needed: false, codeRequired: false });
    await reloaded;
    expect([session.status(), session.wasEnded()]).toEqual(['signed-out', false]);
  });

  it('should stay signed in when the other sessions could not be ended', async () => {
    await givenSomebody();
    const left = session.signOutEverywhere();
    network.expectOne('/api/auth/logout-all').error(new ProgressEvent('error'));
    await expect(left).rejects.toMatchObject({ status: 0 });
    expect(session.user()?.username).toBe('ana');
  });

  it('should leave with the other tabs', async () => {
    await givenSomebody();
    const elsewhere = new BroadcastChannel('prosa');
    const left = new Promise<void>((resolve) => {
      TestBed.inject(TabChannel).heard$.subscribe(() => resolve());
    });
    elsewhere.postMessage({ type: 'signed-out' });
    await left;
    expect(session.user()).toBeNull();
    elsewhere.close();
  });

  it('should ask for a new password as soon as the server insists on one', async () => {
    await givenSomebody();
    const call = TestBed.inject(ConversationsApi).read(1);
    const body = { error: { code: 'AUTH.PASSWORD_CHANGE_REQUIRED', message: 'Troque.' } };
    network.expectOne('/api/conversations/1').flush(body, { status: 403, statusText: 'Forbidden' });
    await expect(call).rejects.toMatchObject({ code: 'AUTH.PASSWORD_CHANGE_REQUIRED' });
    expect(session.user()?.mustChangePassword).toBe(true);
  });
});
