import { Body, Controller, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AllowedBeforePasswordChange,
  type Caller,
  CurrentCaller,
  Public,
} from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import {
  type OwnChangeBody,
  ownChangeSchema,
  type SessionAnswer,
  sessionSchema,
  type SignInBody,
  signInSchema,
} from './auth.schema.js';
import { CookieRoute, SameSiteRoute, TokenOrCookieRoute } from './cookie-route.js';
import { OwnAccount } from './own-account.js';
import { type OwnAccountView, ownAccountSchema, toOwnAccount } from './person.schema.js';
import { SessionAnswers } from './session-answers.js';
import { RefreshCookie } from './sessions/refresh-cookie.js';
import { Sessions } from './sessions/sessions.js';
import { SignIn } from './sign-in/sign-in.js';

/** Signing in and out, and one's own account. */
@ApiTags('auth')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly door: SignIn,
    private readonly sessions: Sessions,
    private readonly answers: SessionAnswers,
    private readonly cookie: RefreshCookie,
    private readonly account: OwnAccount,
  ) {}

  @Public()
  @SameSiteRoute()
  @Post('login')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: sessionSchema })
  async login(
    @Body({ schema: signInSchema }) body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const session = await this.door.signIn(body.username, body.password, {
      address: request.ip,
      userAgent: request.headers['user-agent'],
      refreshToken: this.cookie.read(request),
    });
    return this.answers.give(session, reply);
  }

  /** Trades the refresh cookie for a new access token and a new cookie. */
  @Public()
  @CookieRoute()
  @Post('refresh')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: sessionSchema })
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const token = this.cookie.read(request);
    if (token === undefined) {
      throw new DomainError('AUTH.REQUIRED');
    }
    return this.answers.give(await this.sessions.renew(token), reply);
  }

  /** Ends the session of the token, and that of the cookie. */
  @Public()
  @TokenOrCookieRoute()
  @Post('logout')
  @HttpCode(204)
  @ApiNoContentResponse()
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const holder = await this.sessions.holderOf(this.cookie.read(request));
    this.cookie.clear(reply);
    const ending = new Set([request.caller?.sessionId, holder?.sessionId]);
    for (const sessionId of ending) {
      if (sessionId != null) {
        await this.sessions.end(sessionId);
      }
    }
  }

  /** Ends all sessions of the person. */
  @Public()
  @TokenOrCookieRoute()
  @Post('logout-all')
  @HttpCode(204)
  @ApiNoContentResponse()
  async logoutAll(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const userId =
      request.caller?.id ?? (await this.sessions.openHolderOf(this.cookie.read(request)));
    await this.sessions.endAllOf(userId);
    this.cookie.clear(reply);
  }

  @ApiBearerAuth()
  @AllowedBeforePasswordChange()
  @Get('me')
  @ApiOkResponse({ standardSchema: ownAccountSchema })
  async me(@CurrentCaller() caller: Caller): Promise<OwnAccountView> {
    return toOwnAccount(await this.account.read(caller.id));
  }

  @ApiBearerAuth()
  @AllowedBeforePasswordChange()
  @Patch('me')
  @ApiOkResponse({ standardSchema: ownAccountSchema })
  async changeMe(
    @CurrentCaller() caller: Caller,
    @Body({ schema: ownChangeSchema }) body: OwnChangeBody,
  ): Promise<OwnAccountView> {
    return toOwnAccount(await this.account.change(caller, body));
  }
}
