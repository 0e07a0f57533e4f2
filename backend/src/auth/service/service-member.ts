import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { User } from '#db';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import type { Caller } from '../../platform/caller.js';
import { Passwords } from '../passwords/passwords.js';
import { ServiceMemberRepository } from './service-member.repository.js';

/**
 * The built-in member `service`: who programs act as that send `SERVICE_TOKEN`, and whoever asks
 * at the open chat. It has no password, is no administrator, and administrators cannot see,
 * change or delete it. It is made at the first start that needs it.
 */
@Injectable()
export class ServiceMember implements OnApplicationBootstrap {
  private readonly expected: Buffer | undefined;
  private readonly openChat: boolean;
  private caller: Caller | undefined;

  constructor(
    @Inject(ENV) env: Env,
    private readonly members: ServiceMemberRepository,
    private readonly passwords: Passwords,
  ) {
    this.expected = env.SERVICE_TOKEN === undefined ? undefined : digest(env.SERVICE_TOKEN);
    this.openChat = env.OPEN_CHAT;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.expected || this.openChat) {
      this.caller = toCaller((await this.members.find()) ?? (await this.make()));
    }
  }

  /** The member, for a request whose `Authorization` holds the service token. */
  ofToken(authorization: string | undefined): Caller | undefined {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    return this.expected && token !== undefined && timingSafeEqual(digest(token), this.expected)
      ? this.caller
      : undefined;
  }

  /** The member, for a request without any token at a route that `OPEN_CHAT` opens. */
  ofOpenChat(authorization: string | undefined): Caller | undefined {
    return this.openChat && authorization === undefined ? this.caller : undefined;
  }

  private async make(): Promise<User> {
    const nobodyKnows = randomBytes(32).toString('base64url');
    return this.members.create(await this.passwords.hash(nobodyKnows));
  }
}

/** Of equal length whatever is hashed, so that comparing takes equally long. */
const digest = (token: string) => createHash('sha256').update(token).digest();

const toCaller = ({ id, username, role }: User): Caller => ({
  id,
  username,
  role,
  mustChangePassword: false,
  sessionId: null,
});
