import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { DomainError } from './domain-error.js';

/**
 * JSON is the only body accepted: a form or plain text, which another site's page can send
 * without asking, is refused. Text that is not UTF-8 is refused too, instead of being stored with
 * replacement characters. `__proto__` and `constructor.prototype` are errors.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (!isUtf8(body)) {
        done(new DomainError('REQUEST.INVALID', { fields: ['body'] }));
        return;
      }
      // An empty body is no body: a route that needs one says which fields are missing.
      if (body.length === 0) {
        done(null, undefined);
        return;
      }
      void parseJson(request, body.toString('utf8'), done);
    },
  );
}
