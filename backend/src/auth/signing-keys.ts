import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { generatedSecret } from '../config/generated-secret.js';

/** A secret that signs access tokens, and the name tokens carry for it. */
export interface SigningKey {
  readonly id: string;
  readonly secret: string;
}

/** The current key and, during a change of secrets, the one before. */
@Injectable()
export class SigningKeys {
  readonly current: SigningKey;
  private readonly accepted: ReadonlyMap<string, SigningKey>;

  constructor(@Inject(ENV) env: Env) {
    this.current = named(env.JWT_SECRET ?? generatedSecret(env.DATA_DIR, 'jwt-secret'));
    const keys = [
      this.current,
      ...(env.JWT_SECRET_PREVIOUS ? [named(env.JWT_SECRET_PREVIOUS)] : []),
    ];
    this.accepted = new Map(keys.map((key) => [key.id, key]));
  }

  /** The secret of that name; undefined for a retired or invented one. */
  secretOf(id: unknown): string | undefined {
    return typeof id === 'string' ? this.accepted.get(id)?.secret : undefined;
  }

  /** Text that only this installation can derive from `input`, for one purpose. */
  derive(purpose: string, input: string): string {
    return createHmac('sha256', this.current.secret)
      .update(`${purpose}:${input}`)
      .digest('base64url');
  }
}

function named(secret: string): SigningKey {
  const id = createHash('sha256').update(secret).digest('base64url').slice(0, 11);
  return { id, secret };
}
