import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import { isDatabaseAway, isTransient, takesNoWriting } from '#db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, RetryLaterError } from './domain-error.js';
import { ERROR_STATUS, type ErrorCode } from './error-codes.js';
import { errorMessage } from './error-message.js';
import { preferredLanguage } from './language.rules.js';
import type { MethodsAt } from './other-methods.js';

const DATABASE_RETRY_SECONDS = 2;

/** No route takes it, but Fastify refuses it for want of a Content-Type before it has looked. */
const UNKNOWN_METHOD = 'QUERY';

/** Codes for what Fastify and Nest refuse before our code is reached. */
const CODE_OF_STATUS = new Map<number, ErrorCode>([
  [404, 'REQUEST.NOT_FOUND'],
  [405, 'REQUEST.METHOD_NOT_ALLOWED'],
  [413, 'REQUEST.TOO_LARGE'],
  [415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
]);

/** Turns every error into the contract's envelope, and says nothing of what is inside. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(private readonly methodsAt: MethodsAt) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const known = this.wrongMethod(error, request, reply) ?? toDomainError(error);
    if (ERROR_STATUS[known.code] === 500 || known.code === 'SERVER.STORAGE_UNAVAILABLE') {
      this.logger.error({ err: error, requestId: request.id }, 'request failed');
    }
    sendError(request, reply, known);
  }

  /** Nothing was found because the address wants another method (RFC 9110, section 15.5.6). */
  private wrongMethod(
    error: unknown,
    { method, url }: FastifyRequest,
    reply: FastifyReply,
  ): DomainError | undefined {
    const unknownMethod = method === UNKNOWN_METHOD;
    if (!(error instanceof NotFoundException) && !unknownMethod) {
      return undefined;
    }
    const methods = this.methodsAt(url);
    if (methods.length === 0 || methods.includes(method)) {
      return unknownMethod ? new DomainError('REQUEST.NOT_FOUND') : undefined;
    }
    void reply.header('allow', [...new Set(methods)].sort().join(', '));
    return new DomainError('REQUEST.METHOD_NOT_ALLOWED');
  }
}

/** Answers with an error in the caller's language. Does nothing once an answer has begun. */
export function sendError(request: FastifyRequest, reply: FastifyReply, error: DomainError): void {
  if (reply.sent || reply.raw.headersSent) {
    return;
  }
  if (error instanceof RetryLaterError) {
    void reply.header('retry-after', error.retryAfterSeconds);
  }
  const message = errorMessage(
    error.code,
    preferredLanguage(request.headers['accept-language']),
    error.details,
  );
  void reply
    .status(ERROR_STATUS[error.code])
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ error: { code: error.code, message, details: error.details } }));
}

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) {
    return error;
  }
  // What deadlocked three times in a row may go through in a moment.
  if (isDatabaseAway(error) || isTransient(error)) {
    return new RetryLaterError('SERVER.DATABASE_UNAVAILABLE', DATABASE_RETRY_SECONDS);
  }
  if (takesNoWriting(error)) {
    return new RetryLaterError('SERVER.STORAGE_UNAVAILABLE', DATABASE_RETRY_SECONDS);
  }
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : Number((error as { statusCode?: unknown } | null)?.statusCode ?? 500);
  const code = CODE_OF_STATUS.get(status);
  if (code) {
    return new DomainError(code);
  }
  return status >= 400 && status < 500
    ? new DomainError('REQUEST.INVALID', { fields: ['body'] })
    : new DomainError('SERVER.ERROR');
}
