import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { DomainError } from '../platform/domain-error.js';
import { SITE_CHECK, type SiteCheck } from './cookie-route.js';
import { crossSiteProblem, type OwnSites } from './same-site.rules.js';

/** Refuses requests that another site makes a browser send to the routes where that does harm. */
@Injectable()
export class SameSiteGuard implements CanActivate {
  private readonly own: OwnSites;

  constructor(
    private readonly reflector: Reflector,
    @Inject(ENV) env: Env,
  ) {
    this.own = {
      publicUrl: env.PUBLIC_URL,
      corsOrigins: (env.CORS_ORIGINS ?? '')
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    };
  }

  /** @throws {DomainError} REQUEST.CROSS_SITE or REQUEST.UNSUPPORTED_MEDIA_TYPE. */
  canActivate(context: ExecutionContext): boolean {
    const check = this.reflector.get<SiteCheck | undefined>(SITE_CHECK, context.getHandler());
    if (check === undefined) {
      return true;
    }
    const { headers, host } = context.switchToHttp().getRequest<FastifyRequest>();
    const fetchSite = headers['sec-fetch-site'];
    const problem = crossSiteProblem(
      {
        origin: headers.origin,
        fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
        contentType: headers['content-type'],
        host,
      },
      this.own,
      check === 'always' || (check === 'without-token' && headers.authorization === undefined),
    );
    if (problem) {
      throw new DomainError(problem);
    }
    return true;
  }
}
