import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiDocument } from '../../src/platform/api-docs.js';
import { PASSWORD } from '../harness/api-client.js';
import {
  ADMINISTRATORS_ONLY,
  everyId,
  exampleOf,
  type Ids,
  type Operation,
  operationsOf,
  pathOf,
} from './api-operations.js';
import { aConversation, aPost, aScene, type Scene } from './given.js';
import { errorOf, jsonOf, send, type WireAnswer } from './wire.js';

type Body = string | Uint8Array<ArrayBuffer> | undefined;

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const bytes = (...values: readonly (string | number[])[]) =>
  new Uint8Array(Buffer.concat(values.map((value) => Buffer.from(value as string))));

/** Bodies that are no JSON, or no JSON that any route wants. */
const MALFORMED: Readonly<Record<string, Body>> = {
  null: 'null',
  'an array': '[]',
  'an array of bodies': '[{"prompt":"a"}]',
  'a number': '1e999',
  'a string': '"texto"',
  'JSON nested 10,000 deep': deep(10_000),
  'an array nested 10,000 deep': '['.repeat(10_000),
  'JSON that was cut off': '{"prompt":"come',
  'two bodies': '{}{}',
  'no JSON': 'prompt=texto',
  'one quote': '"',
  'a comment': '{/* */}',
  'bytes that are not UTF-8': bytes('{"prompt":"', [0xff, 0xfe, 0xc3, 0x28], '"}'),
  'UTF-16': new Uint8Array(Buffer.from('\uFEFF{"prompt":"texto"}', 'utf16le')),
  zeros: new Uint8Array(64),
  'a prototype': '{"__proto__":{"polluted":true}}',
  'a constructor': '{"constructor":{"prototype":{"polluted":true}}}',
  'a field nobody knows': '{"isAdmin":true}',
};

/** Large ones are sent to each route too, but once. */
const ELEVEN_MIB = `{"prompt":"${'a'.repeat(11 * 1024 * 1024)}"}`;

/** Values of which none has the type that a field wants, whatever it wants. */
const WRONG_VALUES = [{ a: 1 }, [[]], [null]];

const CONTENT_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/json-patch+json',
  'text/json',
  'nonsense',
  'application/json/x',
];

describe('malformed bodies', () => {
  let scene: Scene;
  let operations: Operation[];
  let ids: Ids;
  const unhandled: unknown[] = [];
  const remember = (error: unknown) => unhandled.push(error);

  const call = (
    operation: Operation,
    body: Body,
    headers: Record<string, string> = {},
  ): Promise<WireAnswer> =>
    send(scene.app, {
      method: operation.method,
      path: pathOf(operation, ids),
      token: ADMINISTRATORS_ONLY.test(operation.path) ? scene.admin.token : scene.ana.token,
      headers: { origin: scene.app.url, ...headers },
      body,
    });

  const withBody = () => operations.filter(({ body }) => body !== undefined);

  beforeAll(async () => {
    process.on('unhandledRejection', remember);
    process.on('uncaughtExceptionMonitor', remember);
    scene = await aScene('sqlite');
    operations = operationsOf(apiDocument(scene.app.app));
    const conversation = await aConversation(scene.app, scene.ana);
    const post = await aPost(scene.app, scene.ana, conversation, 'Antes');
    ids = { ...everyId(1), conversation, post: post.id, user: scene.bruno.user.id };
  });

  afterAll(async () => {
    await scene.close();
    process.off('unhandledRejection', remember);
    process.off('uncaughtExceptionMonitor', remember);
  });

  it.each(Object.keys(MALFORMED))('should refuse %s on every route with a body', async (name) => {
    expect(withBody().length).toBeGreaterThan(10);
    for (const operation of withBody()) {
      const { status, text } = await call(operation, MALFORMED[name]);
      expect({ on: operation.name, status, text }).toMatchObject({ status: 400 });
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['an empty body', ''],
  ])('should refuse %s where a body is needed', async (_, body) => {
    for (const operation of withBody()) {
      const needed = operation.body?.default === undefined;
      if (needed) {
        const { status, text } = await call(operation, body);
        expect({ on: operation.name, status, text }).toMatchObject({ status: 400 });
      }
    }
  });

  it('should refuse 11 MiB on every route with a body', async () => {
    for (const operation of withBody()) {
      const { status } = await call(operation, ELEVEN_MIB);
      expect({ on: operation.name, status }).toEqual({ on: operation.name, status: 413 });
    }
  });

  it('should refuse 11 MiB that come without a length, before they have all come', async () => {
    const { app, ana } = scene;
    let sent = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
        sent += 64 * 1024;
        if (sent >= ELEVEN_MIB.length) {
          controller.close();
        }
      },
    });
    const { status } = await fetch(`${app.url}/api/conversations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ana.token}` },
      body,
      duplex: 'half',
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  });

  it('should not unpack what is packed: a bomb stays as small as it is', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(100 * 1024 * 1024, ' ')));
    for (const operation of withBody()) {
      const { status } = await call(operation, bomb, { 'content-encoding': 'gzip' });
      expect({ on: operation.name, status }).toEqual({ on: operation.name, status: 400 });
    }
  });

  it('should refuse another type in each field of each body, and name the field', async () => {
    for (const operation of withBody()) {
      const good = exampleOf(operation.body) as Record<string, unknown>;
      for (const field of Object.keys(operation.body?.properties ?? {})) {
        for (const value of WRONG_VALUES) {
          const answer = await call(operation, JSON.stringify({ ...good, [field]: value }));
          expect({ on: operation.name, field, status: answer.status }).toMatchObject({
            status: 400,
          });
          expect(errorOf(answer).details?.['fields']).toContainEqual(
            expect.stringMatching(`^${field}`),
          );
        }
      }
    }
  });

  it.each(CONTENT_TYPES)('should refuse a body of type %s', async (type) => {
    for (const operation of operations) {
      const isTaken = operation.takesFile && type.startsWith('multipart/');
      if (operation.method !== 'GET' && !isTaken) {
        const { status, text } = await call(operation, '{}', { 'content-type': type });
        expect({ on: operation.name, status, text }).toMatchObject({ status: 415 });
      }
    }
  });

  it('should take no notice of a body where none is wanted', async () => {
    for (const operation of operations.filter(({ method, body }) => !body && method !== 'GET')) {
      const { status } = await call(operation, deep(10_000));
      expect({ on: operation.name, ok: status < 500 }).toEqual({ on: operation.name, ok: true });
    }
  });

  it('should be alive and well after all this', async () => {
    const { app, ana } = scene;
    expect(jsonOf(await send(app, { path: '/health/ready' }))).toEqual({ status: 'ok' });
    await ana.client.signIn('ana', PASSWORD); // The round above signed her out.
    const signedIn = { ...ana, token: String(ana.client.token) };
    const conversation = await aConversation(app, signedIn);
    const post = await aPost(app, signedIn, conversation, 'Depois');
    expect(post['status']).toBe('done');
    expect(unhandled).toEqual([]);
  });
});
