import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { z } from 'zod';
import { SigningKeys } from './signing-keys.js';

/** Seconds an access token is good for. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** What every access token says of itself, and what is asked of every token received. */
export const TOKEN_RULES = {
  algorithm: 'HS256',
  issuer: 'prosa',
  audience: 'prosa-api',
  /** Seconds by which the clocks of several processes may differ. */
  clockTolerance: 30,
} as const;

export const claimsSchema = z.object({
  sub: z.string(),
  sid: z.string(),
  typ: z.literal('access'),
  exp: z.int(),
});

/** Signs access tokens: they name a person and a session, and grant nothing by themselves. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
  ) {}

  sign(userId: number, sessionId: string): Promise<string> {
    return this.jwt.signAsync(
      { sid: sessionId, typ: 'access' },
      {
        algorithm: TOKEN_RULES.algorithm,
        issuer: TOKEN_RULES.issuer,
        audience: TOKEN_RULES.audience,
        subject: String(userId),
        expiresIn: ACCESS_TOKEN_SECONDS,
        keyid: this.keys.current.id,
        secret: this.keys.current.secret,
      },
    );
  }
}
