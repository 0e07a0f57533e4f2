import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import type { Session, SetupState } from './contract';
import { changeMe } from './generated/fn/auth/change-me';
import { login } from './generated/fn/auth/login';
import { logout } from './generated/fn/auth/logout';
import { logoutAll } from './generated/fn/auth/logout-all';
import { me } from './generated/fn/auth/me';
import { refresh } from './generated/fn/auth/refresh';
import { readSetup } from './generated/fn/setup/read-setup';
import { setUp } from './generated/fn/setup/set-up';
import type { OwnAccount } from './generated/models/own-account';
import type { OwnChange } from './generated/models/own-change';
import type { Setup } from './generated/models/setup';

/** What the first administrator gives. `code` is the one printed where the server started. */
export type FirstAdministrator = Setup;

/** What a person may change about themselves. */
export type ProfileChange = OwnChange;

/** `/api/setup` and `/api/auth`. Every promise rejects with ApiFailure. */
@Service()
export class AccountApi {
  private readonly api = inject(ApiCalls);

  readSetup(): Promise<SetupState> {
    return this.api.call(readSetup, undefined);
  }

  setUp(administrator: FirstAdministrator): Promise<Session> {
    return this.api.call(setUp, { body: administrator });
  }

  signIn(username: string, password: string): Promise<Session> {
    return this.api.call(login, { body: { username, password } });
  }

  /** Trades the refresh cookie for a new access token. */
  refresh(): Promise<Session> {
    return this.api.call(refresh, undefined);
  }

  signOut(): Promise<void> {
    return this.api.call(logout, undefined);
  }

  signOutEverywhere(): Promise<void> {
    return this.api.call(logoutAll, undefined);
  }

  /** One's own account, with what nobody else sees of it. */
  readMe(): Promise<OwnAccount> {
    return this.api.call(me, undefined);
  }

  changeProfile(change: ProfileChange): Promise<OwnAccount> {
    return this.api.call(changeMe, { body: change });
  }
}
