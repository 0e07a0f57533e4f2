import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_STATUS, type ErrorCode } from '../../src/platform/error-codes.js';
import { aConversation, aPost, asking, aScene, type Scene } from './given.js';
import { errorOf, jsonOf, send, type WireRequest } from './wire.js';

/** What goes wrong, its code, and how it is told in Portuguese and in English. */
type Case = readonly [
  name: string,
  request: (scene: Scene) => WireRequest,
  code: ErrorCode,
  portuguese: string,
  english: string,
];

const post = (path: string, token: string | undefined, body: unknown): WireRequest => ({
  method: 'POST',
  path,
  token,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const CASES: readonly Case[] = [
  [
    'a missing conversation',
    ({ ana }) => ({ path: '/api/conversations/99999', token: ana.token }),
    'CONVERSATION.NOT_FOUND',
    'Esta conversa não existe.',
    'This conversation does not exist.',
  ],
  [
    'a missing post',
    ({ ana }) => ({ path: '/api/posts/abc', token: ana.token }),
    'POST.NOT_FOUND',
    'Esta mensagem não existe.',
    'This message does not exist.',
  ],
  [
    'a missing person',
    ({ admin }) => ({ method: 'DELETE', path: '/api/users/0', token: admin.token }),
    'USER.NOT_FOUND',
    'Esta pessoa não existe.',
    'This person does not exist.',
  ],
  [
    'an unknown field',
    ({ ana }) => post('/api/conversations', ana.token, { surpresa: 1 }),
    'REQUEST.INVALID',
    'Não foi possível entender o pedido. Confira: body.',
    'The request cannot be understood. Check: body.',
  ],
  [
    'broken JSON',
    ({ ana }) => post('/api/conversations', ana.token, '{"title":'),
    'REQUEST.INVALID',
    'Não foi possível entender o pedido. Confira: body.',
    'The request cannot be understood. Check: body.',
  ],
  [
    'a form',
    ({ ana }) => ({
      ...post('/api/conversations', ana.token, 'title=a'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    'REQUEST.UNSUPPORTED_MEDIA_TYPE',
    'Envie o corpo como application/json.',
    'Send the body as application/json.',
  ],
  [
    'a body that is too large',
    ({ ana }) => post('/api/conversations', ana.token, { title: 'a'.repeat(1024 * 1024) }),
    'REQUEST.TOO_LARGE',
    'O pedido passa de 1 MiB.',
    'The request is larger than 1 MiB.',
  ],
  [
    'nobody',
    () => ({ path: '/api/conversations' }),
    'AUTH.REQUIRED',
    'Entre para continuar.',
    'Sign in to continue.',
  ],
  [
    'a forged token',
    ({ ana }) => ({ path: '/api/conversations', token: `${ana.token}a` }),
    'AUTH.REQUIRED',
    'Entre para continuar.',
    'Sign in to continue.',
  ],
  [
    'a member where an administrator is wanted',
    ({ ana }) => ({ path: '/api/users', token: ana.token }),
    'AUTH.FORBIDDEN',
    'Só um administrador pode fazer isso.',
    'Only an administrator can do this.',
  ],
  [
    'a model that does not exist',
    ({ ana }) => asking(1, ana, { prompt: 'a', model: 'gpt-99' }),
    'MODEL.UNKNOWN',
    'Não existe o modelo “gpt-99”.',
    'There is no model “gpt-99”.',
  ],
  [
    'an answer that is complete',
    ({ ana }) => post('/api/posts/1/continue', ana.token, {}),
    'POST.NOTHING_TO_CONTINUE',
    'Esta resposta está completa; não há o que continuar.',
    'This answer is complete; there is nothing to continue.',
  ],
  [
    'nothing at an address',
    () => ({ path: '/api/nada' }),
    'REQUEST.NOT_FOUND',
    'Não há nada neste endereço.',
    'There is nothing at this address.',
  ],
];

describe('language of errors', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await aScene('sqlite');
    await aPost(scene.app, scene.ana, await aConversation(scene.app, scene.ana), 'Conta algo');
  });

  afterAll(() => scene.close());

  it.each(CASES)(
    'should be the reader’s for %s',
    async (_, requestOf, code, portuguese, english) => {
      const request = requestOf(scene);
      for (const [language, message] of [
        ['pt-BR,pt;q=0.9,en;q=0.8', portuguese],
        ['en-GB,en;q=0.9,pt;q=0.8', english],
        ['fr, de;q=0.5', portuguese],
      ] as const) {
        const headers = { ...request.headers, 'accept-language': language };
        const answer = await send(scene.app, { ...request, headers });
        expect({ status: answer.status, ...errorOf(answer) }).toMatchObject({
          status: ERROR_STATUS[code],
          code,
          message,
        });
      }
    },
  );

  it('should be the reader’s for an answer that failed long ago', async () => {
    const { app, provider, ana } = scene;
    provider.script({ status: 401 });
    const { id } = await aPost(app, ana, await aConversation(app, ana), 'Conta algo');
    const path = `/api/posts/${String(id)}`;
    for (const [language, message] of [
      ['pt-BR', 'O provedor do modelo recusou nossa chave. Um administrador precisa conferi-la.'],
      ['en', 'The model’s provider refused our key. An administrator must check it.'],
    ]) {
      const headers = { 'accept-language': String(language) };
      const answer = await send(app, { path, token: ana.token, headers });
      expect(jsonOf(answer)).toMatchObject({
        prompt: 'Conta algo',
        error: { code: 'MODEL.UNAUTHORIZED', message },
      });
    }
  });
});
