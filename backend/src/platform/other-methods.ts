import type { FastifyInstance } from 'fastify';
import { isServerPath } from './server-path.rules.js';

/** The methods that the routes at an address accept; none where there is no route. */
export type MethodsAt = (url: string) => string[];

/**
 * Remembers every route of the server, so that what is asked with a wrong method can be told from
 * what does not exist. Must be called before the routes are made.
 */
export function rememberRoutes(fastify: FastifyInstance): MethodsAt {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    if (isServerPath(url)) {
      routes.push({ pattern: patternOf(url), methods: [method].flat() });
    }
  });
  return (url) => {
    const path = url.split('?', 1)[0] ?? '';
    return routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
  };
}

/** Matches the addresses of a route, whose `:id` stands for anything between two slashes. */
function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escaped(part)));
  return new RegExp(`^${parts.join('/')}$`);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
