import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from '../../auth/access-tokens.js';
import { type SignInBody, signInSchema } from '../../auth/auth.schema.js';
import { SameSiteRoute } from '../../auth/cookie-route.js';
import { SignIn } from '../../auth/sign-in/sign-in.js';
import { Public } from '../../platform/caller.js';
import { type Token, tokenSchema } from './chat.schema.js';

/** Signing in for scripts: a token, and no cookie. */
@ApiTags('simple')
@Controller('auth')
export class LoginController {
  constructor(
    private readonly door: SignIn,
    private readonly tokens: AccessTokens,
  ) {}

  @Public()
  @SameSiteRoute()
  @Post('login')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: tokenSchema })
  async issueToken(
    @Body({ schema: signInSchema }) { username, password }: SignInBody,
    @Req() { ip, headers }: FastifyRequest,
  ): Promise<Token> {
    const { userId, sessionId } = await this.door.signIn(username, password, {
      address: ip,
      userAgent: headers['user-agent'],
      refreshToken: undefined,
    });
    const token = await this.tokens.sign(userId, sessionId);
    return {
      access_token: token,
      token_type: 'bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
      accessToken: token,
    };
  }
}
