import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Env } from '../config/env.schema.js';
import { withErrors } from './documented-errors.js';
import { LARGEST_ID } from './validation.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

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
  for (const item of Object.values(document.paths)) {
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      describeIds(operation?.parameters);
      describeOptionalBody(operation?.requestBody, document);
    }
  }
  const paths = Object.entries(document.paths).map(([path, item]) => [asCalled(path), item]);
  return withErrors({ ...document, paths: Object.fromEntries(paths) as OpenAPIObject['paths'] });
}

/** Nest knows from the type of a parameter that it is a number, not which. One that is chosen from a list is no id. */
function describeIds(parameters: Operation['parameters'] = []): void {
  for (const parameter of parameters) {
    if ('in' in parameter && parameter.in === 'path' && !hasChoice(parameter.schema)) {
      parameter.schema = { type: 'integer', minimum: 1, maximum: LARGEST_ID };
    }
  }
}

/** Nest says of every body that it must be there; one with a default need not be. */
function describeOptionalBody(body: Operation['requestBody'], document: OpenAPIObject): void {
  const schema = body && 'content' in body ? body.content['application/json']?.schema : undefined;
  const name = schema && '$ref' in schema ? schema.$ref.split('/').at(-1) : undefined;
  const resolved = name === undefined ? schema : document.components?.schemas?.[name];
  if (body && 'required' in body && resolved && 'default' in resolved) {
    body.required = false;
  }
}

/** Serves the document at `/docs-json` and a page to read it at `/docs`. */
export function serveApiDocs(app: NestFastifyApplication, env: Env): void {
  if (env.API_DOCS) {
    SwaggerModule.setup('docs', app, () => apiDocument(app), { jsonDocumentUrl: 'docs-json' });
  }
}

const hasChoice = (schema: object | undefined): boolean => schema !== undefined && 'enum' in schema;
