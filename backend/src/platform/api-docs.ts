import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Env } from '../config/env.schema.js';

/** The path as clients write it: this one ends with a slash, which Nest does not keep. */
const asCalled = (path: string) => (path === '/chat' ? '/chat/' : path);

/** The OpenAPI document of every route, made from the routes themselves. */
export function apiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Prosa')
    .setDescription('Conversations with language models: ask, follow, find again.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_controller, method) => method,
  });
  const paths = Object.entries(document.paths).map(([path, item]) => [asCalled(path), item]);
  return { ...document, paths: Object.fromEntries(paths) as OpenAPIObject['paths'] };
}

/** Serves the document at `/docs-json` and a page to read it at `/docs`. */
export function serveApiDocs(app: NestFastifyApplication, env: Env): void {
  if (env.API_DOCS) {
    SwaggerModule.setup('docs', app, () => apiDocument(app), { jsonDocumentUrl: 'docs-json' });
  }
}
