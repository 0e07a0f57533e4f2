import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Asker } from '../../answering/answering.service.js';
import { AttemptWindow } from '../../auth/sign-in/attempt-window.rules.js';
import { addressKey } from '../../auth/sign-in/sign-in-throttle.rules.js';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { RetryLaterError } from '../../platform/domain-error.js';

const MINUTE_MS = 60_000;

/** Under which all who come without a token share the limits that one person has. */
const COUNTED_AS = 'open-chat';

/** Keeps those who ask without a token (`OPEN_CHAT`) within limits, and apart from each other. */
@Injectable()
export class OpenDoor {
  private readonly questions: AttemptWindow;

  constructor(@Inject(ENV) env: Env) {
    this.questions = new AttemptWindow(env.OPEN_CHAT_PER_MINUTE, MINUTE_MS);
  }

  /**
   * The asker, as far as it may ask: one with a token unchanged.
   * @throws {RetryLaterError} REQUEST.RATE_LIMITED when its address has asked too much.
   */
  admit({ headers, ip }: FastifyRequest, asker: Asker): Asker {
    if (headers.authorization !== undefined) {
      return asker;
    }
    const address = addressKey(ip);
    const now = Date.now();
    const seconds = this.questions.secondsToWait(address, now);
    if (seconds > 0) {
      throw new RetryLaterError('REQUEST.RATE_LIMITED', seconds);
    }
    this.questions.record(address, now);
    return {
      ...asker,
      countedAs: COUNTED_AS,
      idempotencyKey: asker.idempotencyKey && keyOf(address, asker.idempotencyKey),
    };
  }
}

/** A key that no stranger at another address can have used. */
const keyOf = (address: string, key: string) =>
  `open-${createHash('sha256').update(`${address} ${key}`).digest('base64url')}`;
