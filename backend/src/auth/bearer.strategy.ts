import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AuthModuleOptions, PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Caller } from '../platform/caller.js';
import { claimsSchema, TOKEN_RULES } from './access-tokens.js';
import { SessionStandings } from './sessions/session-standings.js';
import { SigningKeys } from './signing-keys.js';

/** A token's header says these and no more: `jwk`, `jku` or `x5u` would bring a key of their own. */
const HEADER_FIELDS = new Set(['alg', 'typ', 'kid']);

/** Reads `Authorization: Bearer <access token>` and finds out who asks. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy) {
  constructor(
    options: AuthModuleOptions,
    jwt: JwtService,
    keys: SigningKeys,
    private readonly standings: SessionStandings,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (
        _request: unknown,
        token: string,
        done: (error: Error | null, secret?: string) => void,
      ) => {
        const secret = keys.secretOf(keyIdOf(jwt, token));
        done(secret === undefined ? new Error('unknown key') : null, secret);
      },
      algorithms: [TOKEN_RULES.algorithm],
      issuer: TOKEN_RULES.issuer,
      audience: TOKEN_RULES.audience,
      jsonWebTokenOptions: { clockTolerance: TOKEN_RULES.clockTolerance },
    });
    // passport keeps strategies for the whole process: each app's has a name of its own.
    passport.use(String(options.defaultStrategy), this);
  }

  /** @throws {DomainError} AUTH.SESSION_ENDED; null when the token is not an access token. */
  async validate(payload: unknown): Promise<Caller | null> {
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) {
      return null;
    }
    const caller = await this.standings.callerOf(claims.data.sid);
    return String(caller.id) === claims.data.sub ? caller : null;
  }
}

/** The name of the key in the token's header; undefined for a header we would not have written. */
function keyIdOf(jwt: JwtService, token: string): unknown {
  try {
    const { header } = jwt.decode<unknown>(token, { complete: true });
    const plain = Object.keys(header).every((field) => HEADER_FIELDS.has(field));
    return plain ? header.kid : undefined;
  } catch {
    return undefined; // Not a token at all.
  }
}
