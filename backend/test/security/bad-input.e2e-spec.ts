import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { apiDocument } from '../../src/platform/api-docs.js';
import {
  ADMINISTRATORS_ONLY,
  everyId,
  exampleOf,
  idKindOf,
  type Operation,
  operationsOf,
  pathOf,
} from './api-operations.js';
import { follow } from './event-reader.js';
import { aConversation, aPost, asking, aScene, type Scene } from './given.js';
import { errorOf, jsonOf, send } from './wire.js';

const LANGUAGES = { 'pt-BR': 0, en: 1 } as const;

/** Prompts that are refused: the code, and the words in both languages. */
const REFUSED: Readonly<Record<string, readonly [unknown, string, string, string]>> = {
  'no prompt': [undefined, 'REQUEST.INVALID', 'Confira: prompt.', 'Check: prompt.'],
  null: [null, 'REQUEST.INVALID', 'Confira: prompt.', 'Check: prompt.'],
  'a number': [7, 'REQUEST.INVALID', 'Confira: prompt.', 'Check: prompt.'],
  'an empty prompt': ['', 'POST.PROMPT_EMPTY', 'Escreva algo', 'Write something'],
  'white space': [' \t\r\n\u00a0\u3000', 'POST.PROMPT_EMPTY', 'Escreva algo', 'Write something'],
  '201,000 characters': [
    'a'.repeat(201_000),
    'POST.PROMPT_TOO_LONG',
    'A mensagem tem 201000 caracteres; o limite é 200000.',
    'The message has 201000 characters; the limit is 200000.',
  ],
  'half a character': ['meia \ud83d letra', 'REQUEST.INVALID', 'Confira: prompt', 'Check: prompt'],
  'the other half': ['\ude00', 'REQUEST.INVALID', 'Confira: prompt', 'Check: prompt'],
  NUL: ['antes\u0000depois', 'REQUEST.INVALID', 'Confira: prompt', 'Check: prompt'],
};

/** What cannot be an id, or is nobody's. */
const NO_IDS = [
  '0',
  '-1',
  '-0',
  '2147483647',
  '2147483648',
  '4294967297',
  '9007199254740993',
  '99999999999999999999',
  'abc',
  '1e3',
  '1.0',
  '0x1',
  '01',
  ' 1',
  '1 ',
  '+1',
  '1,2',
  '1;2',
  '١',
  '１',
  'null',
  'undefined',
  'NaN',
  'true',
  '[1]',
  '{}',
  '*',
  '%',
  "1' OR '1'='1",
  '1/1',
  '../1',
  '1\u0000',
  '1\n',
  '\ud7ff',
];

describe.each(TEST_ENGINES)('bad input on %s', (engine) => {
  let scene: Scene;
  let conversation: number;
  let operations: Operation[];

  beforeAll(async () => {
    scene = await aScene(engine, { MODEL_CONTEXT_WINDOW: '1000000' });
    operations = operationsOf(apiDocument(scene.app.app));
    conversation = await aConversation(scene.app, scene.ana);
  });

  afterAll(() => scene.close());

  it.each(Object.entries(REFUSED))(
    'should refuse %s in the language of the reader, and store nothing',
    async (_, [prompt, code, ...words]) => {
      const { app, ana, provider } = scene;
      for (const [language, at] of Object.entries(LANGUAGES)) {
        for (const accept of ['application/json', 'text/event-stream']) {
          const answer = await send(app, {
            ...asking(conversation, ana, { prompt }),
            headers: { accept, 'accept-language': language },
          });
          expect(errorOf(answer)).toMatchObject({
            code,
            message: expect.stringContaining(words[at] ?? '') as unknown,
          });
        }
      }
      const path = `/api/conversations/${String(conversation)}/posts?branch=all`;
      expect(jsonOf(await send(app, { path, token: ana.token }))).toMatchObject({ items: [] });
      expect(provider.requests).toHaveLength(0);
    },
  );

  it('should refuse a prompt that is not UTF-8', async () => {
    const { app, ana } = scene;
    const body = new Uint8Array(Buffer.from('{"prompt":"a\u00e7\u00e3o"}', 'latin1'));
    const answer = await send(app, { ...asking(conversation, ana, {}), body });
    expect(errorOf(answer)).toMatchObject({ code: 'REQUEST.INVALID' });
  });

  it('should take a prompt of exactly 200,000 characters', async () => {
    const { app, ana } = scene;
    const prompt = 'ação '.repeat(40_000);
    const post = await aPost(app, ana, await aConversation(app, ana), prompt);
    expect(post).toMatchObject({ status: 'done', prompt });
  });

  it('should keep every other character of a prompt', async () => {
    const { app, ana } = scene;
    const prompt =
      '😀 \u0001\u001b[31m\u2028\u2029\u202e\ufeff\ufffe\r\n\t"\\\\{placeholder} e\u0301';
    const { id } = await aPost(app, ana, await aConversation(app, ana), prompt);
    const path = `/api/posts/${String(id)}`;
    expect(jsonOf(await send(app, { path, token: ana.token }))).toMatchObject({ prompt });
  });

  it.each(NO_IDS)('should take the id %j for a missing one on every route', async (id) => {
    const { app, ana, admin } = scene;
    const missing = 2_147_483_646;
    for (const operation of operations.filter((candidate) => idKindOf(candidate))) {
      const body = exampleOf(operation.body);
      const call = (value: number | string) =>
        send(app, {
          method: operation.method,
          path: pathOf(operation, everyId(value)),
          token: ADMINISTRATORS_ONLY.test(operation.path) ? admin.token : ana.token,
          body: body === undefined ? undefined : JSON.stringify(body),
        });
      const answer = await call(id);
      const { text } = await call(missing);
      expect({ on: operation.name, status: answer.status, text: answer.text }).toEqual({
        on: operation.name,
        status: 404,
        text,
      });
    }
  });

  it.each([0, -1, 2_147_483_648, 1.5, '1', 1e300, true])(
    'should not take %j for the id of a post in a body',
    async (id) => {
      const { app, ana } = scene;
      const asked = await send(app, asking(conversation, ana, { prompt: 'a', parentId: id }));
      expect(errorOf(asked)).toMatchObject({ code: 'REQUEST.INVALID' });
      const changed = await send(app, {
        method: 'PATCH',
        path: `/api/conversations/${String(conversation)}`,
        token: ana.token,
        body: JSON.stringify({ leafPostId: id }),
      });
      expect(errorOf(changed)).toMatchObject({ code: 'REQUEST.INVALID' });
    },
  );

  it('should refuse fields that it does not know, on every route with a body', async () => {
    const { app, ana, admin } = scene;
    for (const operation of operations.filter(({ body }) => body)) {
      const body = { ...(exampleOf(operation.body) as object), surpresa: 1 };
      const answer = await send(app, {
        method: operation.method,
        path: pathOf(operation, { ...everyId(1), conversation, user: admin.user.id }),
        token: ADMINISTRATORS_ONLY.test(operation.path) ? admin.token : ana.token,
        headers: { origin: app.url },
        body: JSON.stringify(body),
      });
      expect({ on: operation.name, ...errorOf(answer) }).toMatchObject({
        on: operation.name,
        code: 'REQUEST.INVALID',
      });
    }
  });

  it('should refuse parameters of a query that it does not know', async () => {
    const { app, admin } = scene;
    for (const operation of operations.filter(({ query }) => query.length > 0)) {
      const path = `${pathOf(operation, { ...everyId(1), conversation })}?surpresa=1`;
      const answer = await send(app, { path, token: admin.token });
      expect({ on: operation.name, status: answer.status }).toMatchObject({
        status: 400,
      });
    }
  });

  it.each(['', ' ', 'a b', 'ç', 'a'.repeat(201)])(
    'should refuse the Idempotency-Key %j',
    async (key) => {
      const { app, ana } = scene;
      const request = asking(conversation, ana, { prompt: 'a' });
      const answer = await send(app, { ...request, headers: { 'idempotency-key': encode(key) } });
      expect(errorOf(answer).code).toBe('RUN.KEY_INVALID');
    },
  );

  it.each(['', '0', '1', '-1.0', '1e3.1', '0.0; x', '999999999.999999999', '0.5', 'a.b', '٣.٣'])(
    'should tell a reader who claims to be at %j what the answer is',
    async (lastEventId) => {
      const { app, ana } = scene;
      const { id, body } = await aPost(app, ana, await aConversation(app, ana), 'Conte');
      const reader = await follow(app, {
        path: `/api/posts/${String(id)}/events`,
        token: ana.token,
        headers: { 'last-event-id': encode(lastEventId) },
      });
      const text = await reader.text();
      expect(reader.events.at(-1)).toMatchObject({ type: 'done', data: { status: 'done' } });
      expect(body).toEqual(expect.stringMatching(/\S/));
      expect(String(body).endsWith(text)).toBe(true);
    },
  );

  it('should make a title of signs, where there is nothing else', async () => {
    const { app, ana } = scene;
    for (const prompt of ['***', '###', '> - `', '😀']) {
      const id = await aConversation(app, ana);
      await aPost(app, ana, id, prompt);
      const path = `/api/conversations/${String(id)}`;
      const { title } = jsonOf(await send(app, { path, token: ana.token }));
      expect(title).toEqual(expect.stringMatching(/\S/));
    }
  });

  it('should say which model it does not know', async () => {
    const { app, ana } = scene;
    const request = asking(conversation, ana, { prompt: 'a', model: 'openai/nenhum' });
    const answer = await send(app, { ...request, headers: { 'accept-language': 'en' } });
    expect(errorOf(answer)).toMatchObject({
      code: 'MODEL.UNKNOWN',
      message: 'There is no model “openai/nenhum”.',
    });
  });

  it.each(['a\u0000b', '\ud800x'])(
    'should refuse a display name that no database can hold: %j',
    async (displayName) => {
      const { app, ana } = scene;
      const answer = await send(app, {
        method: 'PATCH',
        path: '/api/auth/me',
        token: ana.token,
        body: JSON.stringify({ displayName }),
      });
      expect(errorOf(answer)).toMatchObject({ details: { fields: ['displayName'] } });
    },
  );

  it.each([
    ['title', 'a\u0000b'],
    ['title', '\ud800'],
    ['instructions', '\u0000'],
    ['instructions', 'x\udfff'],
    ['model', '\u0000'],
  ])('should refuse a %s that no database can hold: %j', async (field, value) => {
    const { app, ana } = scene;
    const body = JSON.stringify({ [field]: value });
    const path = '/api/conversations';
    const made = await send(app, { method: 'POST', path, token: ana.token, body });
    const changed = await send(app, {
      method: 'PATCH',
      path: `${path}/${String(conversation)}`,
      token: ana.token,
      body,
    });
    for (const answer of [made, changed]) {
      expect(errorOf(answer)).toMatchObject({
        code: 'REQUEST.INVALID',
        details: { fields: [field] },
      });
    }
  });
});

/** A header's text as the bytes of its UTF-8, which is all that fetch lets through. */
const encode = (text: string) => Buffer.from(text).toString('latin1');
