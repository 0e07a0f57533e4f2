import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import { forUpdate, inTransaction, RefreshToken, Session, User } from '#db';
import { rotationMove } from './refresh-rotation.rules.js';

/** A session about to begin. */
export interface NewSession {
  readonly id: string;
  readonly userId: number;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export type Renewal =
  | { readonly outcome: 'renewed'; readonly sessionId: string; readonly userId: number }
  | { readonly outcome: 'theft'; readonly sessionId: string; readonly userId: number }
  | { readonly outcome: 'over' };

/** Days after which a used refresh token is forgotten; it has long been good for nothing. */
const USED_TOKEN_DAYS = 7;
const DAY_MS = 86_400_000;

/** Ends a person's sessions, in the transaction of whatever makes them end. */
export async function endSessionsOf(
  manager: EntityManager,
  userId: number,
  exceptId?: string,
): Promise<void> {
  await manager.update(
    Session,
    { userId, endedAt: IsNull(), ...(exceptId === undefined ? {} : { id: Not(exceptId) }) },
    { endedAt: new Date() },
  );
}

@Injectable()
export class SessionsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Begins a session for the password that was checked, and forgets the person's expired ones.
   * @returns false when the password was changed or the person suspended in the meantime.
   */
  async create(session: NewSession, tokenHash: string, password: string): Promise<boolean> {
    const { userId, createdAt } = session;
    await this.dataSource.getRepository(Session).delete({ userId, expiresAt: LessThan(createdAt) });
    return inTransaction(this.dataSource, async (manager) => {
      const person = await forUpdate(
        manager
          .createQueryBuilder(User, 'user')
          .where({ id: userId, password, suspendedAt: IsNull() }),
      ).getOne();
      if (!person) {
        return false;
      }
      await manager.insert(Session, { ...session, endedAt: null });
      await insertToken(manager, tokenHash, session.id, createdAt);
      return true;
    });
  }

  /** Uses a refresh token up and puts its successor in its place, or ends a stolen chain. */
  renew(hash: string, successorHash: string, now: Date, expiresAt: Date): Promise<Renewal> {
    return inTransaction(this.dataSource, async (manager) => {
      const found = await manager.findOneBy(RefreshToken, { hash });
      const session = found && (await lockSession(manager, found.sessionId));
      if (!session || !isOpen(session, now)) {
        return { outcome: 'over' };
      }
      const { id: sessionId, userId } = session;
      // Read again under the session's lock: another tab may have used it a moment ago.
      const token = await lockToken(manager, hash);
      const usedAt = token?.usedAt ?? null;
      const successor = usedAt && (await lockToken(manager, successorHash));
      switch (rotationMove({ usedAt, successorUnused: successor?.usedAt === null }, now)) {
        case 'theft':
          await manager.update(Session, { id: sessionId }, { endedAt: now });
          return { outcome: 'theft', sessionId, userId };
        case 'rotate':
          await manager.update(RefreshToken, { hash }, { usedAt: now });
          await insertToken(manager, successorHash, sessionId, now);
          await manager.update(Session, { id: sessionId }, { expiresAt });
          await forgetUsedTokens(manager, session, now);
          return { outcome: 'renewed', sessionId, userId };
        case 'repeat':
          return { outcome: 'renewed', sessionId, userId };
      }
    });
  }

  /** The session of a refresh token, ended or not. */
  async findByToken(hash: string): Promise<Session | null> {
    const token = await this.dataSource
      .getRepository(RefreshToken)
      .findOne({ where: { hash }, relations: { session: true } });
    return token?.session ?? null;
  }

  /** The session with its person, if it is still good. */
  async findOpen(id: string, now: Date): Promise<Session | null> {
    const session = await this.dataSource
      .getRepository(Session)
      .findOne({ where: { id }, relations: { user: true } });
    return session && isOpen(session, now) ? session : null;
  }

  async end(id: string): Promise<void> {
    await this.dataSource
      .getRepository(Session)
      .update({ id, endedAt: IsNull() }, { endedAt: new Date() });
  }

  endAllOf(userId: number): Promise<void> {
    return endSessionsOf(this.dataSource.manager, userId);
  }
}

function isOpen(session: Session, now: Date): boolean {
  return session.endedAt === null && session.expiresAt > now && session.user.suspendedAt === null;
}

function lockSession(manager: EntityManager, id: string): Promise<Session | null> {
  return forUpdate(
    manager
      .createQueryBuilder(Session, 'session')
      .innerJoinAndSelect('session.user', 'user')
      .where('session.id = :id', { id }),
  ).getOne();
}

function lockToken(manager: EntityManager, hash: string): Promise<RefreshToken | null> {
  return forUpdate(manager.createQueryBuilder(RefreshToken, 'token').where({ hash })).getOne();
}

async function insertToken(
  manager: EntityManager,
  hash: string,
  sessionId: string,
  createdAt: Date,
): Promise<void> {
  await manager.insert(RefreshToken, { hash, sessionId, createdAt, usedAt: null });
}

async function forgetUsedTokens(
  manager: EntityManager,
  { id, createdAt }: Session,
  now: Date,
): Promise<void> {
  const before = new Date(now.getTime() - USED_TOKEN_DAYS * DAY_MS);
  if (createdAt < before) {
    await manager.delete(RefreshToken, { sessionId: id, usedAt: LessThan(before) });
  }
}
