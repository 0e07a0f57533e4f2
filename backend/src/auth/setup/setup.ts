import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isDuplicate } from '#db';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { DomainError, RetryLaterError } from '../../platform/domain-error.js';
import { Passwords } from '../passwords/passwords.js';
import { type IssuedSession, Sessions } from '../sessions/sessions.js';
import { AttemptWindow } from '../sign-in/attempt-window.rules.js';
import { addressKey } from '../sign-in/sign-in-throttle.rules.js';
import { requireUsername } from '../username.rules.js';
import { isSetupCode, setupCode } from './setup-access.rules.js';
import { SetupRepository } from './setup.repository.js';
import type { SetupBody } from './setup.schema.js';

const WINDOW_MS = 15 * 60 * 1000;
const WRONG_CODES = 10;

/** Who sets Prosa up. */
export interface Installer {
  readonly address: string;
  readonly fromThisMachine: boolean;
  readonly userAgent: string | undefined;
}

/** Makes the first administrator, for whoever proves to run the server. */
@Injectable()
export class Setup {
  private readonly code: string;
  private readonly codeIsPrinted: boolean;
  private readonly wrongCodes = new AttemptWindow(WRONG_CODES, WINDOW_MS);

  constructor(
    @Inject(ENV) env: Env,
    private readonly repository: SetupRepository,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {
    this.code = env.SETUP_TOKEN ?? setupCode(randomBytes(12));
    this.codeIsPrinted = env.SETUP_TOKEN === undefined;
  }

  async isNeeded(): Promise<boolean> {
    return !(await this.repository.hasAdministrator());
  }

  /** The code to print at start; undefined when it would serve nobody. */
  async codeToPrint(): Promise<string | undefined> {
    return this.codeIsPrinted && (await this.isNeeded()) ? this.code : undefined;
  }

  /**
   * @throws {DomainError} SETUP.DONE, SETUP.CODE_REQUIRED, AUTH.TOO_MANY_ATTEMPTS or USER.…
   */
  async makeAdministrator(body: SetupBody, installer: Installer): Promise<IssuedSession> {
    if (!(await this.isNeeded())) {
      throw new DomainError('SETUP.DONE');
    }
    if (!installer.fromThisMachine) {
      this.requireCode(body.code, addressKey(installer.address));
    }
    const username = requireUsername(body.username);
    await this.passwords.requireGood(body.password, username);
    const password = await this.passwords.hash(body.password);
    const id = await this.create({
      username,
      password,
      displayName: body.displayName ?? null,
      locale: body.locale ?? null,
    });
    return this.sessions.begin(id, password, installer.userAgent);
  }

  private async create(person: Parameters<SetupRepository['create']>[0]): Promise<number> {
    let id: number | undefined;
    try {
      id = await this.repository.create(person);
    } catch (error) {
      throw isDuplicate(error) ? new DomainError('USER.USERNAME_TAKEN') : error;
    }
    if (id === undefined) {
      throw new DomainError('SETUP.DONE');
    }
    return id;
  }

  private requireCode(typed: string | undefined, key: string): void {
    const now = Date.now();
    const seconds = this.wrongCodes.secondsToWait(key, now);
    if (seconds > 0) {
      throw new RetryLaterError('AUTH.TOO_MANY_ATTEMPTS', seconds);
    }
    if (typed === undefined || !isSetupCode(typed, this.code)) {
      if (typed !== undefined) {
        this.wrongCodes.record(key, now);
      }
      throw new DomainError('SETUP.CODE_REQUIRED');
    }
  }
}
