import { computed, inject, Service, signal } from '@angular/core';
import { AccountApi, type FirstAdministrator } from '../api/account-api';
import { ApiFailure, toApiFailure } from '../api/api-failure';
import type { Session, SetupState, User } from '../api/contract';
import { TabChannel } from '../api/tab-channel';
import { LanguageStore } from '../i18n/language-store';

/** Set while a sign-out has not reached the server: the cookie is still good, but not to be used. */
const LEAVING = 'prosa.leaving';

export type SessionStatus = 'unknown' | 'signed-in' | 'signed-out' | 'unreachable';

/**
 * Who is signed in. The access token lives in memory only; what survives a reload is the server's
 * HttpOnly cookie, which `start` trades for a new token.
 */
@Service()
export class SessionStore {
  private readonly api = inject(AccountApi);
  private readonly tabs = inject(TabChannel);
  private readonly languages = inject(LanguageStore);
  private readonly person = signal<User | null>(null);
  private readonly state = signal<SessionStatus>('unknown');
  private readonly setup = signal<SetupState>({ needed: false, codeRequired: false });
  private readonly endedByServer = signal(false);
  private accessToken: string | null = null;
  private refreshing: Promise<boolean> | null = null;
  private starting: Promise<void> | null = null;

  readonly user = this.person.asReadonly();
  readonly status = this.state.asReadonly();
  readonly setupState = this.setup.asReadonly();
  /** True after the server ended the session: the person did not sign out and may wonder. */
  readonly wasEnded = this.endedByServer.asReadonly();
  readonly isAdministrator = computed(() => this.person()?.role === 'admin');
  /** How the screens name the person. */
  readonly name = computed(() => this.person()?.displayName ?? this.person()?.username ?? '');

  constructor() {
    this.tabs.heard$.subscribe((message) => {
      if (message.type === 'signed-out' && this.person()) this.forget();
      if (message.type === 'signed-in' && this.person()?.id !== message.userId) void this.restart();
    });
  }

  /** Finds out who is here, once. Never rejects: an unreachable server is a status. */
  start(): Promise<void> {
    this.starting ??= this.findOut();
    return this.starting;
  }

  /** Asks again, after the server was unreachable or another tab changed who is signed in. */
  restart(): Promise<void> {
    this.starting = this.findOut();
    return this.starting;
  }

  /** The token for a call, null when nobody is signed in. */
  token(): string | null {
    return this.accessToken;
  }

  /** @throws ApiFailure when the name or the password is wrong, or sign-in is paused. */
  async signIn(username: string, password: string): Promise<void> {
    await this.enter(await this.api.signIn(username, password));
  }

  /** Makes the first administrator, who is signed in at once. @throws ApiFailure */
  async setUp(administrator: FirstAdministrator): Promise<void> {
    await this.enter(await this.api.setUp(administrator));
    this.setup.set({ needed: false, codeRequired: false });
  }

  /**
   * Leaves here and in every tab. The screens forget even if the server cannot be told; it is told
   * before anybody is let in again, so that a reload does not bring the person back.
   */
  async signOut(): Promise<void> {
    keepLeaving(true);
    try {
      await this.finishLeaving();
    } finally {
      this.tabs.tell({ type: 'signed-out' });
      this.forget();
    }
  }

  /** Ends every session of the person, this one too. @throws ApiFailure when it could not. */
  async signOutEverywhere(): Promise<void> {
    await this.api.signOutEverywhere();
    this.tabs.tell({ type: 'signed-out' });
    this.forget();
  }

  /** Takes over what the server says about the person after they changed something. */
  updateUser(user: User): void {
    this.person.set(user);
  }

  /** The server will do nothing else for the person before they have a password of their own. */
  mustChangePassword(): void {
    this.person.update((user) => user && { ...user, mustChangePassword: true });
  }

  /**
   * A new access token; one request at a time in this tab, and one tab at a time where the browser
   * has locks (the server forgives two at once). False when the session is over.
   */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.refreshOnce().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async refreshOnce(): Promise<boolean> {
    try {
      const trade = (): Promise<Session> => this.api.refresh();
      const session = await (navigator.locks
        ? navigator.locks.request('prosa.refresh', trade)
        : trade());
      await this.accept(session);
      return true;
    } catch (thrown) {
      if (thrown instanceof ApiFailure && (thrown.status === 401 || thrown.status === 403)) {
        this.endedByServer.set(this.person() !== null);
        this.forget();
        return false;
      }
      throw thrown;
    }
  }

  private async findOut(): Promise<void> {
    try {
      if (isLeaving()) await this.finishLeaving();
      if (await this.refresh()) return;
      this.setup.set(await this.api.readSetup());
      this.state.set('signed-out');
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure)) throw thrown;
      this.state.set('unreachable');
    }
  }

  /** Tells the server of a sign-out that it may not have heard of. @throws ApiFailure */
  private async finishLeaving(): Promise<void> {
    try {
      await this.api.signOut();
    } catch (thrown) {
      // A refusal means that there is no session left to end.
      const failure = toApiFailure(thrown);
      if (failure.unheard || failure.status >= 500) throw failure;
    }
    keepLeaving(false);
  }

  private async enter(session: Session): Promise<void> {
    keepLeaving(false);
    await this.accept(session);
    this.tabs.tell({ type: 'signed-in', userId: session.user.id });
  }

  private async accept(session: Session): Promise<void> {
    this.accessToken = session.accessToken;
    const { locale } = session.user;
    if (locale && locale !== this.languages.language()) await this.languages.use(locale);
    this.person.set(session.user);
    this.endedByServer.set(false);
    this.state.set('signed-in');
  }

  private forget(): void {
    this.accessToken = null;
    this.person.set(null);
    this.state.set('signed-out');
  }
}

function isLeaving(): boolean {
  try {
    return localStorage.getItem(LEAVING) !== null;
  } catch {
    return false;
  }
}

function keepLeaving(leaving: boolean): void {
  try {
    if (leaving) localStorage.setItem(LEAVING, 'true');
    else localStorage.removeItem(LEAVING);
  } catch {
    // Storage is closed: a sign-out that the server did not hear lasts until the page is closed.
  }
}
