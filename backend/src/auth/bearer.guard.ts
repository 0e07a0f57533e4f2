import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard, AuthModuleOptions } from '@nestjs/passport';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ADMIN_ROUTE,
  OPEN_CHAT_ROUTE,
  PASSWORD_CHANGE_ROUTE,
  PUBLIC_ROUTE,
} from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import { OPTIONAL_CALLER } from './cookie-route.js';
import { ServiceMember } from './service/service-member.js';

/**
 * The one guard: every route needs a signed-in person, or a program with the service token, unless
 * it says otherwise.
 */
@Injectable()
export class BearerGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    private readonly service: ServiceMember,
    options: AuthModuleOptions,
  ) {
    super(options);
  }

  /** @throws {DomainError} AUTH.REQUIRED, AUTH.SESSION_ENDED, AUTH.FORBIDDEN or AUTH.PASSWORD_CHANGE_REQUIRED. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const is = (mark: symbol) =>
      this.reflector.getAllAndOverride<boolean | undefined>(mark, [
        context.getHandler(),
        context.getClass(),
      ]) === true;
    if (is(PUBLIC_ROUTE)) {
      return is(OPTIONAL_CALLER) ? this.readCaller(context) : true;
    }
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const visitor = is(OPEN_CHAT_ROUTE)
      ? this.service.ofOpenChat(request.headers.authorization)
      : undefined;
    if (visitor) {
      request.caller = visitor;
      return true;
    }
    await this.requireCaller(context);
    const { caller } = request;
    if (caller?.mustChangePassword && !is(PASSWORD_CHANGE_ROUTE)) {
      throw new DomainError('AUTH.PASSWORD_CHANGE_REQUIRED');
    }
    if (is(ADMIN_ROUTE) && caller?.role !== 'admin') {
      throw new DomainError('AUTH.FORBIDDEN');
    }
    return true;
  }

  override handleRequest<TUser>(error: Error | null, caller: TUser | false | null): TUser {
    if (error) {
      throw error;
    }
    if (!caller) {
      throw new DomainError('AUTH.REQUIRED');
    }
    return caller;
  }

  private async requireCaller(context: ExecutionContext): Promise<void> {
    try {
      await this.identify(context);
    } catch (error) {
      // RFC 9110, section 15.5.2: a 401 says how to authenticate.
      void context.switchToHttp().getResponse<FastifyReply>().header('www-authenticate', 'Bearer');
      throw error;
    }
  }

  private async identify(context: ExecutionContext): Promise<void> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const program = this.service.ofToken(request.headers.authorization);
    if (program) {
      request.caller = program;
    } else {
      await super.canActivate(context);
    }
  }

  /** A public route that would like to know who asks: a token that is no good counts as none. */
  private async readCaller(context: ExecutionContext): Promise<boolean> {
    try {
      await this.identify(context);
    } catch (error) {
      if (!(error instanceof DomainError)) {
        throw error;
      }
    }
    return true;
  }
}
