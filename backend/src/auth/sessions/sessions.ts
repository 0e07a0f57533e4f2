import { createHash, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../platform/domain-error.js';
import { SigningKeys } from '../signing-keys.js';
import { SessionStandings } from './session-standings.js';
import { SessionsRepository } from './sessions.repository.js';

/** A session ends when it is not renewed for so long. */
export const SESSION_SECONDS = 30 * 86_400;

const USER_AGENT_LENGTH = 255;

/** A session as its browser gets it. The token leaves the server only here, in a cookie. */
export interface IssuedSession {
  readonly sessionId: string;
  readonly userId: number;
  readonly refreshToken: string;
}

/** Begins, renews and ends sessions. */
@Injectable()
export class Sessions {
  private readonly logger = new Logger(Sessions.name);

  constructor(
    private readonly repository: SessionsRepository,
    private readonly standings: SessionStandings,
    private readonly keys: SigningKeys,
  ) {}

  /**
   * @param password the hash that was checked.
   * @throws {DomainError} AUTH.INVALID_CREDENTIALS when it no longer is the person's.
   */
  async begin(userId: number, password: string, userAgent?: string): Promise<IssuedSession> {
    const now = new Date();
    const sessionId = randomBytes(16).toString('hex');
    const refreshToken = randomBytes(32).toString('base64url');
    const begun = await this.repository.create(
      {
        id: sessionId,
        userId,
        userAgent: userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
        createdAt: now,
        expiresAt: expiry(now),
      },
      tokenHash(refreshToken),
      password,
    );
    if (!begun) {
      throw new DomainError('AUTH.INVALID_CREDENTIALS');
    }
    return { sessionId, userId, refreshToken };
  }

  /**
   * Trades a refresh token for its successor. The successor is derived, not drawn, so that the
   * same token brings the same one to two tabs, and no token needs to be stored for it.
   * @throws {DomainError} AUTH.SESSION_ENDED; a token used again too late ends its whole session.
   */
  async renew(refreshToken: string): Promise<IssuedSession> {
    const now = new Date();
    const successor = this.keys.derive('refresh', refreshToken);
    const renewal = await this.repository.renew(
      tokenHash(refreshToken),
      tokenHash(successor),
      now,
      expiry(now),
    );
    if (renewal.outcome === 'renewed') {
      const { sessionId, userId } = renewal;
      return { sessionId, userId, refreshToken: successor };
    }
    if (renewal.outcome === 'theft') {
      const { sessionId, userId } = renewal;
      this.standings.forgetSession(sessionId);
      this.logger.warn(
        { event: 'refresh-token-reused', userId },
        'session ended: token came twice',
      );
    }
    throw new DomainError('AUTH.SESSION_ENDED');
  }

  /** Whose cookie this is, even after the session ended; undefined when it is nobody's. */
  async holderOf(
    refreshToken: string | undefined,
  ): Promise<{ readonly sessionId: string; readonly userId: number } | undefined> {
    const session =
      refreshToken === undefined
        ? null
        : await this.repository.findByToken(tokenHash(refreshToken));
    return session ? { sessionId: session.id, userId: session.userId } : undefined;
  }

  /** The person whose session this cookie still holds open. @throws {DomainError} AUTH.REQUIRED. */
  async openHolderOf(refreshToken: string | undefined): Promise<number> {
    const holder = await this.holderOf(refreshToken);
    if (!holder) {
      throw new DomainError('AUTH.REQUIRED');
    }
    return (await this.standings.callerOf(holder.sessionId)).id;
  }

  async end(sessionId: string): Promise<void> {
    await this.repository.end(sessionId);
    this.standings.forgetSession(sessionId);
  }

  async endAllOf(userId: number): Promise<void> {
    await this.repository.endAllOf(userId);
    this.standings.forgetPerson(userId);
  }
}

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function expiry(now: Date): Date {
  return new Date(now.getTime() + SESSION_SECONDS * 1000);
}
