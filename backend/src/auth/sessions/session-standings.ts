import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { Announcements } from '../../platform/announcements.js';
import type { SignedInCaller } from '../../platform/caller.js';
import { DomainError } from '../../platform/domain-error.js';
import { SessionsRepository } from './sessions.repository.js';

/** Longest time that another process's sign-out or suspension stays unnoticed without Redis. */
const REMEMBER_MS = 30_000;
const MOST_SESSIONS = 10_000;

interface Remembered {
  readonly caller: SignedInCaller;
  readonly until: number;
}

/** Whose standing may have changed: of one session, or of a person in all of theirs. */
export type Changed =
  | { readonly sessionId: string; readonly userId?: undefined }
  | { readonly userId: number; readonly sessionId?: undefined };

/**
 * Whether a session still stands, and for whom. Remembered for 30 seconds, and forgotten at once
 * when this process changes something about it, or hears that another did. Long answers ask again
 * while they stream.
 */
@Injectable()
export class SessionStandings {
  private readonly remembered = new Map<string, Remembered>();
  /** Grows with each thing forgotten: what was read before must not be remembered after. */
  private changes = 0;
  private readonly changedSubject = new Subject<Changed>();

  /** What was remembered of these has been forgotten: who goes by it asks again. */
  readonly changed$ = this.changedSubject.asObservable();

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly announcements: Announcements,
  ) {
    announcements.heard$.subscribe((heard) => {
      if (heard.type === 'session-ended') this.forget({ sessionId: heard.sessionId });
      if (heard.type === 'person-changed') this.forget({ userId: heard.userId });
    });
  }

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

  /** In every process. */
  forgetSession(sessionId: string): void {
    void this.announcements.tell({ type: 'session-ended', sessionId });
  }

  /** In every process. */
  forgetPerson(userId: number): void {
    void this.announcements.tell({ type: 'person-changed', userId });
  }

  private forget(changed: Changed): void {
    this.changes += 1;
    if (changed.sessionId !== undefined) {
      this.remembered.delete(changed.sessionId);
    }
    for (const [sessionId, { caller }] of changed.userId === undefined ? [] : this.remembered) {
      if (caller.id === changed.userId) this.remembered.delete(sessionId);
    }
    this.changedSubject.next(changed);
  }

  private remember(caller: SignedInCaller, until: number): void {
    this.remembered.set(caller.sessionId, { caller, until });
    if (this.remembered.size > MOST_SESSIONS) {
      const [oldest] = this.remembered.keys();
      this.remembered.delete(oldest ?? caller.sessionId);
    }
  }
}
