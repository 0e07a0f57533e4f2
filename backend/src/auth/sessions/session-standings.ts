import { Injectable } from '@nestjs/common';
import type { SignedInCaller } from '../../platform/caller.js';
import { DomainError } from '../../platform/domain-error.js';
import { SessionsRepository } from './sessions.repository.js';

/** Longest time another process's sign-out or suspension stays unnoticed here. */
const REMEMBER_MS = 30_000;
const MOST_SESSIONS = 10_000;

interface Remembered {
  readonly caller: SignedInCaller;
  readonly until: number;
}

/**
 * Whether a session still stands, and for whom. Remembered for 30 seconds, and forgotten at once
 * when this process changes something about it. Long answers ask again while they stream.
 */
@Injectable()
export class SessionStandings {
  private readonly remembered = new Map<string, Remembered>();
  /** Grows with each thing forgotten: what was read before must not be remembered after. */
  private changes = 0;

  constructor(private readonly sessions: SessionsRepository) {}

  /** @throws {DomainError} AUTH.SESSION_ENDED when it ended, expired, or its person is suspended. */
  async callerOf(sessionId: string): Promise<SignedInCaller> {
    const now = new Date();
    const known = this.remembered.get(sessionId);
    if (known && known.until > now.getTime()) {
      return known.caller;
    }
    this.remembered.delete(sessionId);
    const { changes } = this;
    const session = await this.sessions.findOpen(sessionId, now);
    if (!session) {
      throw new DomainError('AUTH.SESSION_ENDED');
    }
    const { id, username, role, mustChangePassword } = session.user;
    const caller = { id, username, role, mustChangePassword, sessionId };
    if (changes === this.changes) {
      this.remember(caller, Math.min(now.getTime() + REMEMBER_MS, session.expiresAt.getTime()));
    }
    return caller;
  }

  forgetSession(sessionId: string): void {
    this.changes += 1;
    this.remembered.delete(sessionId);
  }

  forgetPerson(userId: number): void {
    this.changes += 1;
    for (const [sessionId, { caller }] of this.remembered) {
      if (caller.id === userId) {
        this.remembered.delete(sessionId);
      }
    }
  }

  private remember(caller: SignedInCaller, until: number): void {
    this.remembered.set(caller.sessionId, { caller, until });
    if (this.remembered.size > MOST_SESSIONS) {
      const [oldest] = this.remembered.keys();
      this.remembered.delete(oldest ?? caller.sessionId);
    }
  }
}
