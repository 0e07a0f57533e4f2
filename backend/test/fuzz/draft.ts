import type { ApiDescription, ApiOperation } from './api-description.js';
import { Random } from './random.js';
import { validFields, validValue } from './values.js';

/** Who asks. */
export const ROLES = ['anonymous', 'member', 'administrator', 'service'] as const;
export type Role = (typeof ROLES)[number];

/** How often each asks: what nobody may do needs to be tried less often. */
const CASTING: readonly Role[] = [
  'anonymous',
  ...Array<Role>(4).fill('member'),
  ...Array<Role>(2).fill('administrator'),
  ...Array<Role>(2).fill('service'),
];

/** An id of the scene, named by whose it is, so that a seed means the same on every database. */
export interface KnownId {
  readonly of: 'own' | 'foreign';
  /** Counted modulo those there are. */
  readonly nth: number;
}

/** A request in parts, before it becomes bytes. Mutations change it in place. */
export interface Draft {
  readonly operation: ApiOperation;
  role: Role;
  method: string;
  /** What stands for each `{name}` of the path, percent-encoded. */
  readonly path: Map<string, KnownId | string>;
  /** Names and values, percent-encoded. */
  query: (readonly [string, string])[];
  /** Beside those that every request has. Written byte by byte, as latin1. */
  headers: (readonly [string, string])[];
  /** Names and values of a JSON body, the values as JSON; undefined: no such body. */
  fields: (readonly [string, string])[] | undefined;
  /** In place of the fields. */
  body: Buffer | undefined;
  /** Makes other bytes of the finished request: then nothing is promised about an answer. */
  damage: ((bytes: Buffer) => Buffer) | undefined;
}

/** A request that the document allows. */
export function validDraft(random: Random, operation: ApiOperation, api: ApiDescription): Draft {
  const { parameters, method } = operation;
  const optional = (where: string) =>
    parameters.filter((parameter) => parameter.in === where && random.chance(0.4));
  const valueOf = ({ schema = {} }: (typeof parameters)[number]) =>
    String(validValue(random, schema, api));
  return {
    operation,
    role: random.pick(CASTING),
    method,
    path: new Map(
      parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => [
          name,
          { of: random.chance(0.8) ? 'own' : 'foreign', nth: random.int(0, 1000) },
        ]),
    ),
    query: optional('query').map((each) => [each.name, encodeURIComponent(valueOf(each))]),
    headers: [
      ...optional('header').map((each) => [each.name, encodeURIComponent(valueOf(each))] as const),
      ...(random.chance(0.5) ? [['accept-language', random.pick(['pt-BR', 'en'])] as const] : []),
      ...(random.chance(0.2) ? [['accept', 'text/event-stream'] as const] : []),
    ],
    fields: operation.body && fieldsOf(random, operation.body, api),
    body: undefined,
    damage: undefined,
  };
}

const fieldsOf = (random: Random, schema: NonNullable<ApiOperation['body']>, api: ApiDescription) =>
  validFields(random, schema, api).map(([name, value]) => [name, JSON.stringify(value)] as const);

/** What turns a draft into bytes needs to know of the place. */
export interface Scenery {
  readonly host: string;
  /** The bearer token of a role, for a request to a path. */
  tokenOf(role: Role, path: string): string | undefined;
  /** The id that stands for a name, for somebody asking at a path such as `/api/posts/{id}`. */
  idFor(role: Role, path: string, known: KnownId): number;
  /** The value itself, or a harmless one where it would strike who must be spared. */
  spare(role: Role, path: string, value: string): string;
  /** An address that no request has come from, for what is limited per address. */
  address(random: Random): string;
}

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly bytes: Buffer;
  readonly role: Role;
  readonly method: string;
  /** Undefined when it is no longer a request that the document knows. */
  readonly operation: ApiOperation | undefined;
  /** What `Accept-Language` says, as the server reads it. */
  readonly acceptLanguage: string | undefined;
  /** Whether an answer must come. */
  readonly whole: boolean;
}

/** Writes the draft out. */
export function toWire(draft: Draft, random: Random, scenery: Scenery): WireRequest {
  const { operation, role, method, headers, fields } = draft;
  const body = draft.body ?? (fields && Buffer.from(jsonOf(fields)));
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const token = scenery.tokenOf(role, operation.path);
  const own: (readonly [string, string | undefined])[] = [
    ['host', scenery.host],
    ['connection', 'close'],
    ['x-forwarded-for', scenery.address(random)],
    ['authorization', token === undefined ? undefined : `Bearer ${token}`],
    ['content-type', body ? 'application/json' : undefined],
    ['content-length', body ? String(body.length) : undefined],
  ];
  const all = [...own.filter(([name]) => !given.has(name)), ...headers];
  const lines = all.flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}\r\n`,
  );
  const head = `${method} ${targetOf(draft, scenery)} HTTP/1.1\r\n${lines.join('')}\r\n`;
  const bytes = Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
  const languages = headers.filter(([name]) => name.toLowerCase() === 'accept-language');
  return {
    bytes: draft.damage ? draft.damage(bytes) : bytes,
    role,
    method,
    operation: method === operation.method && !draft.damage ? operation : undefined,
    acceptLanguage:
      languages.length > 0 ? languages.map(([, value]) => value).join(', ') : undefined,
    whole: !draft.damage,
  };
}

function targetOf({ operation, role, path, query }: Draft, scenery: Scenery): string {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path.get(name) ?? '';
    return typeof value === 'string'
      ? scenery.spare(role, operation.path, value)
      : String(scenery.idFor(role, operation.path, value));
  });
  const questions = query.map(([name, value]) => `${name}=${value}`).join('&');
  return questions === '' ? filled : `${filled}?${questions}`;
}

const jsonOf = (fields: readonly (readonly [string, string])[]) =>
  `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
