import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { AccessTokens } from './access-tokens.js';
import { AccountsRepository } from './accounts.repository.js';
import { AuthController } from './auth.controller.js';
import { BearerGuard } from './bearer.guard.js';
import { BearerStrategy } from './bearer.strategy.js';
import { OwnAccount } from './own-account.js';
import { Passwords } from './passwords/passwords.js';
import { SameSiteGuard } from './same-site.guard.js';
import { SessionAnswers } from './session-answers.js';
import { RefreshCookie } from './sessions/refresh-cookie.js';
import { SessionStandings } from './sessions/session-standings.js';
import { Sessions } from './sessions/sessions.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { ServiceMember } from './service/service-member.js';
import { ServiceMemberRepository } from './service/service-member.repository.js';
import { Setup } from './setup/setup.js';
import { SetupController } from './setup/setup.controller.js';
import { SetupRepository } from './setup/setup.repository.js';
import { SignIn } from './sign-in/sign-in.js';
import { SigningKeys } from './signing-keys.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';

/** Who is asking: first run, sign-in, sessions, and the guard in front of every route. */
@Module({
  imports: [
    GuardrailsModule,
    JwtModule.register({}),
    PassportModule.registerAsync({
      useFactory: () => ({ defaultStrategy: `bearer-${randomUUID()}`, property: 'caller' }),
    }),
  ],
  controllers: [AuthController, SetupController],
  providers: [
    { provide: APP_GUARD, useClass: SameSiteGuard },
    { provide: APP_GUARD, useClass: BearerGuard },
    AccessTokens,
    AccountsRepository,
    BearerStrategy,
    OwnAccount,
    Passwords,
    RefreshCookie,
    ServiceMember,
    ServiceMemberRepository,
    SessionAnswers,
    SessionStandings,
    Sessions,
    SessionsRepository,
    Setup,
    SetupRepository,
    SignIn,
    SigningKeys,
  ],
  exports: [AccessTokens, Passwords, SessionStandings, Sessions, SignIn],
})
export class AuthModule {}
