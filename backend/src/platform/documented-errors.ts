import type { OpenAPIObject } from '@nestjs/swagger';
import { ERROR_STATUS } from './error-codes.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** What every error is sent as. */
const ERROR_ANSWER = {
  type: 'object',
  required: ['error'],
  additionalProperties: false,
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      additionalProperties: false,
      properties: {
        code: { type: 'string', enum: Object.keys(ERROR_STATUS) },
        message: { type: 'string', description: 'In the language of `Accept-Language`.' },
        details: { type: 'object', description: 'Facts about the error, for programs.' },
      },
    },
  },
};

/** When a route may answer with a status, and what that means. */
const REFUSALS: readonly {
  readonly status: string;
  readonly means: string;
  readonly when: (operation: Operation, method: string, path: string) => boolean;
}[] = [
  { status: '400', means: 'It cannot be understood.', when: () => true },
  { status: '401', means: 'Nobody is signed in.', when: signsInOrMust },
  { status: '403', means: 'The caller may not do this.', when: signsInOrMust },
  { status: '404', means: 'It does not exist, or is not yours.', when: namesSomething },
  { status: '409', means: 'Not in the state that it is in.', when: changes },
  { status: '413', means: 'It is too large.', when: changes },
  { status: '415', means: 'The body is not JSON.', when: changes },
  { status: '422', means: 'Understood, but not allowed.', when: changes },
  { status: '429', means: 'Too often: see `Retry-After`.', when: changes },
  { status: '5XX', means: 'The server, its database or a model fails.', when: () => true },
];

/** The document, with what each route answers when it refuses or fails. */
export function withErrors(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item[method];
      if (operation) {
        for (const { status, means, when } of REFUSALS) {
          if (when(operation, method, path)) {
            operation.responses[status] ??= refusal(means);
          }
        }
      }
    }
  }
  const schemas = { ...document.components?.schemas, ErrorAnswer: ERROR_ANSWER as Schemas[string] };
  return { ...document, components: { ...document.components, schemas } };
}

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorAnswer' } } },
});

function changes(_: Operation, method: string): boolean {
  return method !== 'get';
}

/** Beside routes that need a token, those that take a password or a cookie. */
function signsInOrMust(operation: Operation, method: string): boolean {
  return operation.security !== undefined || method !== 'get';
}

/** By an id in its address or in its body. */
function namesSomething(operation: Operation, _: string, path: string): boolean {
  return path.includes('{') || operation.requestBody !== undefined;
}
