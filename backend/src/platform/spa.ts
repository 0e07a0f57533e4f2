import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PACKAGE_ROOT } from './package-root.js';
import { isServerPath } from './server-path.rules.js';

/** Angular's builder ends hashed names with eight characters of base64url. */
const HASHED_FILE = /-[\w-]{8}\.(?:js|css|woff2)$/;

/**
 * Serves the built web app, where there is one: its files, and its page for every other address
 * a browser asks for, since the app has routes of its own.
 */
export async function serveSpa(fastify: FastifyInstance): Promise<void> {
  const root = join(PACKAGE_ROOT, 'dist/frontend/browser');
  if (!existsSync(join(root, 'index.html'))) {
    return;
  }
  await fastify.register(fastifyStatic, {
    root,
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: (reply, path) => {
      void reply.header(
        'cache-control',
        HASHED_FILE.test(path.replace(/\.(br|gz)$/, ''))
          ? 'public, max-age=31536000, immutable'
          : 'no-cache',
      );
    },
    allowedPath: (path) => !isServerPath(path),
    wildcard: false,
  });
  fastify.get('/*', { config: { spa: true } }, (request, reply) =>
    isServerPath(request.url) || !wantsPage(request)
      ? reply.callNotFound()
      : reply.sendFile('index.html'),
  );
}

/** A script that is gone must not be answered with a page: only the front door takes any `Accept`. */
function wantsPage({ url, headers: { accept = '*/*' } }: FastifyRequest): boolean {
  return accept.includes('text/html') || (url.split('?')[0] === '/' && accept.includes('*/*'));
}
