import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { User } from '#db';
import type { FastifyRequest } from 'fastify';
import { type Language, preferredLanguage } from './language.rules.js';

/** Who is asking, as the one guard found out. */
export interface Caller {
  readonly id: number;
  readonly username: string;
  readonly role: User['role'];
  /** Null for a program, which has no session: `SERVICE_TOKEN`, or nobody at an open door. */
  readonly sessionId: string | null;
  readonly mustChangePassword: boolean;
}

/** A person who signed in. */
export interface SignedInCaller extends Caller {
  readonly sessionId: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route that is not public. */
    caller?: Caller;
  }
}

export const PUBLIC_ROUTE = Symbol('PUBLIC_ROUTE');
export const ADMIN_ROUTE = Symbol('ADMIN_ROUTE');
export const PASSWORD_CHANGE_ROUTE = Symbol('PASSWORD_CHANGE_ROUTE');
export const OPEN_CHAT_ROUTE = Symbol('OPEN_CHAT_ROUTE');

/** Needs no sign-in. Every route without this does. */
export const Public = () => SetMetadata(PUBLIC_ROUTE, true);

/** Only for administrators. */
export const AdminOnly = () => SetMetadata(ADMIN_ROUTE, true);

/** Open to a person who must first choose a new password. */
export const AllowedBeforePasswordChange = () => SetMetadata(PASSWORD_CHANGE_ROUTE, true);

/** Open to callers without a token while `OPEN_CHAT` is on; they act as the member `service`. */
export const OpenWithOpenChat = () => SetMetadata(OPEN_CHAT_ROUTE, true);

/** The person asking. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller => {
    const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!caller) {
      throw new Error('A route that reads its caller must not be public');
    }
    return caller;
  },
);

/** The language that answers to this request are in. */
export const CallerLanguage = createParamDecorator(
  (_: unknown, context: ExecutionContext): Language =>
    preferredLanguage(
      context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language'],
    ),
);
