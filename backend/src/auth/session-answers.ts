import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.js';
import type { SessionAnswer } from './auth.schema.js';
import { OwnAccount } from './own-account.js';
import { toPerson } from './person.schema.js';
import { RefreshCookie } from './sessions/refresh-cookie.js';
import type { IssuedSession } from './sessions/sessions.js';

/** Hands a session over: the access token in the answer, the refresh token in the cookie. */
@Injectable()
export class SessionAnswers {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly cookie: RefreshCookie,
    private readonly account: OwnAccount,
  ) {}

  async give(session: IssuedSession, reply: FastifyReply): Promise<SessionAnswer> {
    const user = await this.account.read(session.userId);
    const accessToken = await this.tokens.sign(session.userId, session.sessionId);
    this.cookie.write(reply, session.refreshToken);
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, user: toPerson(user) };
  }
}
