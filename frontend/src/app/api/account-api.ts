import { inject, Service } from '@angular/core';
import type { Locale, Session, SetupState, User } from './contract';
import { HttpCalls } from './http-calls';

/** What the first administrator gives. `code` is the one printed where the server started. */
export interface FirstAdministrator {
  readonly username: string;
  readonly password: string;
  readonly code?: string;
  readonly displayName?: string;
  readonly locale?: Locale;
}

/** What a person may change about themselves. */
export interface ProfileChange {
  /** Null: go by the username. */
  readonly displayName?: string | null;
  readonly locale?: Locale;
  readonly currentPassword?: string;
  readonly newPassword?: string;
}

/** `/api/setup` and `/api/auth`. Every promise rejects with ApiFailure. */
@Service()
export class AccountApi {
  private readonly calls = inject(HttpCalls);

  readSetup(): Promise<SetupState> {
    return this.calls.get('/api/setup');
  }

  setUp(administrator: FirstAdministrator): Promise<Session> {
    return this.calls.post('/api/setup', administrator);
  }

  signIn(username: string, password: string): Promise<Session> {
    return this.calls.post('/api/auth/login', { username, password });
  }

  /** Trades the refresh cookie for a new access token. */
  refresh(): Promise<Session> {
    return this.calls.post('/api/auth/refresh');
  }

  async signOut(): Promise<void> {
    await this.calls.post('/api/auth/logout');
  }

  async signOutEverywhere(): Promise<void> {
    await this.calls.post('/api/auth/logout-all');
  }

  changeProfile(change: ProfileChange): Promise<User> {
    return this.calls.patch('/api/auth/me', change);
  }
}
