import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { SESSION_SECONDS } from './sessions.js';

const LONGEST_TOKEN = 200;

/**
 * The cookie that holds the refresh token. On https its name makes the browser insist that it is
 * Secure and ours alone (RFC 6265bis, section 4.1.3.2), for which its path must be `/`.
 */
@Injectable()
export class RefreshCookie {
  private readonly https: boolean;

  constructor(@Inject(ENV) env: Env) {
    this.https = env.PUBLIC_URL?.startsWith('https:') === true;
  }

  read(request: FastifyRequest): string | undefined {
    const token = request.cookies[this.name];
    return token && token.length <= LONGEST_TOKEN ? token : undefined;
  }

  write(reply: FastifyReply, refreshToken: string): void {
    void reply.setCookie(this.name, refreshToken, { ...this.scope, maxAge: SESSION_SECONDS });
  }

  clear(reply: FastifyReply): void {
    void reply.setCookie(this.name, '', { ...this.scope, maxAge: 0 });
  }

  private get name(): string {
    return this.https ? '__Host-prosa_refresh' : 'prosa_refresh';
  }

  private get scope() {
    return {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.https,
      path: this.https ? '/' : '/api/auth',
    } as const;
  }
}
