import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON schema, as far as the document of the API uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Schema;
}

/** One route, as the OpenAPI document describes it. */
export interface Operation {
  /** `GET /api/posts/{id}` */
  readonly name: string;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Whether the document says that it needs a token. */
  readonly secured: boolean;
  readonly query: readonly Parameter[];
  /** The schema of its body; undefined when it takes none, or a file. */
  readonly body: Schema | undefined;
  readonly takesFile: boolean;
}

/** Whose ids a path may hold. */
const ID_KINDS = [
  'conversation',
  'post',
  'summary',
  'command',
  'builtIn',
  'user',
  'limit',
  'download',
  'collection',
  'document',
  'policy',
] as const;
export type IdKind = (typeof ID_KINDS)[number];
export type Ids = Readonly<Record<IdKind, number | string>>;

/** The same id for each kind. */
export const everyId = (id: number | string): Ids =>
  Object.fromEntries(ID_KINDS.map((kind) => [kind, id])) as Ids;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** How each path with an id is to be filled. A path that is not here fails the tests that use it. */
const ID_OF_PATH: readonly (readonly [RegExp, IdKind])[] = [
  [/^\/api\/conversations\/\{id\}(\/[a-z]+)?(\/(pages|texts))?$/, 'conversation'],
  [/^\/api\/collections\/\{id\}(\/[a-z]+)?(\/(pages|texts))?$/, 'collection'],
  [/^\/api\/documents\/\{id\}(\/[a-z]+)?(\/\{n\})?$/, 'document'],
  [/^\/api\/posts\/\{id\}(\/[a-z]+)?$/, 'post'],
  [/^\/api\/posts\/\{id\}\/(?:fresh-start|guardrail-report)$/, 'post'],
  [/^\/api\/summaries\/\{id\}(\/[a-z]+)?$/, 'summary'],
  [/^\/api\/commands\/\{id\}$/, 'command'],
  [/^\/api\/commands\/built-in\/\{key\}$/, 'builtIn'],
  [/^\/api\/users\/\{id\}$/, 'user'],
  [/^\/api\/limits\/\{id\}$/, 'limit'],
  [/^\/api\/models\/downloads\/\{id\}$/, 'download'],
  [/^\/api\/guardrails\/policies\/\{id\}(\/(publish|compare))?$/, 'policy'],
];

/** Routes for administrators alone. */
export const ADMINISTRATORS_ONLY =
  /^\/api\/(users(\/|$)|(limits|usage)(?!\/mine$)|models\/|guardrails\/|notices$|commands\/built-in\/|training\/export$)/;

/** Every route of the document. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) {
        return [];
      }
      const parameters = (operation.parameters ?? []) as readonly Parameter[];
      const content = operation.requestBody as
        { content: Record<string, { schema: Schema }> } | undefined;
      const name = `${method.toUpperCase()} ${path}`;
      return {
        name,
        id: operation.operationId ?? name,
        method: method.toUpperCase(),
        path,
        secured: operation.security !== undefined,
        query: parameters.filter((parameter) => parameter.in === 'query'),
        body: resolved(content?.content['application/json']?.schema, document),
        takesFile: content?.content['multipart/form-data'] !== undefined,
      };
    }),
  );
}

/**
 * What the id in an operation's path is of; undefined when there is none.
 * @throws {Error} when nobody has said what the id is of: a new route must be thought about.
 */
export function idKindOf({ name, path }: Operation): IdKind | undefined {
  if (!path.includes('{')) {
    return undefined;
  }
  const known = ID_OF_PATH.find(([pattern]) => pattern.test(path));
  if (!known) {
    throw new Error(`${name}: say in ID_OF_PATH what its ids are of`);
  }
  return known[1];
}

/** The operation's path with an id in it, encoded. */
export function pathOf(operation: Operation, ids: Ids): string {
  const kind = idKindOf(operation);
  return kind === undefined
    ? operation.path
    : operation.path
        .replace(/\{(id|key)\}/, encodeURIComponent(ids[kind]))
        // Of a passage: the first one.
        .replace('{n}', '1');
}

/** A body that the schema accepts, with the required fields only. */
export function exampleOf(schema: Schema | undefined): unknown {
  if (schema === undefined || schema.default !== undefined) {
    return schema?.default;
  }
  if (schema.enum) {
    return schema.enum[0];
  }
  if (schema.anyOf) {
    return exampleOf(schema.anyOf[0]);
  }
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, exampleOf(schema.properties?.[name])]),
      );
    case 'string':
      return 'texto de exemplo'.padEnd(schema.minLength ?? 0, '.');
    case 'array':
      return [];
    case 'boolean':
      return true;
    default:
      return schema.minimum ?? 1;
  }
}

function resolved(schema: Schema | undefined, document: OpenAPIObject): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components?.schemas?.[name] as Schema);
}
