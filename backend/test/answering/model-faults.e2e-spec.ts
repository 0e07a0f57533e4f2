import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Run, Usage } from '#db';
import { chunkFrame, type OpenAiBehaviour } from '../fakes/openai-server.js';
import { type AnsweringApp, MODEL, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked, askStream, follow, getPost } from '../harness/asking.js';

interface Fault {
  readonly name: string;
  readonly behaviour: OpenAiBehaviour;
  readonly status: string;
  readonly code: string | null;
  readonly body: string;
  /** Two where asking again might have helped, and nothing had been shown. */
  readonly calls?: number;
}

const words = ['meia ', 'resposta ', 'inteira'];
const frame = (content: string, reason: string | null = null) =>
  chunkFrame('fake-chat', { choices: [{ index: 0, delta: { content }, finish_reason: reason }] });

const FAILED = { status: 'failed', body: '' } as const;

/** F9 and F11 to F15 of the research on reliability: what the provider does, what becomes of it. */
const FAULTS: readonly Fault[] = [
  { name: '401', behaviour: { status: 401 }, ...FAILED, code: 'MODEL.UNAUTHORIZED' },
  { name: '404', behaviour: { status: 404 }, ...FAILED, code: 'MODEL.NOT_FOUND' },
  {
    name: '429',
    behaviour: { status: 429, headers: { 'retry-after': '1' } },
    ...FAILED,
    code: 'MODEL.RATE_LIMITED',
    calls: 2,
  },
  { name: '500', behaviour: { status: 500 }, ...FAILED, code: 'MODEL.UNAVAILABLE', calls: 2 },
  {
    name: 'a context overflow',
    behaviour: {
      status: 400,
      body: '{"error":{"code":"context_length_exceeded","message":"too long"}}',
    },
    status: 'failed',
    code: 'MODEL.OVERFLOW',
    body: '',
  },
  {
    name: 'HTML with 200',
    behaviour: { headers: { 'content-type': 'text/html' }, body: '<html><body>Olá</body></html>' },
    status: 'failed',
    code: 'MODEL.BAD_ANSWER',
    body: '',
  },
  {
    name: 'nothing at all',
    behaviour: { raw: [] },
    status: 'failed',
    code: 'MODEL.EMPTY',
    body: '',
    calls: 2,
  },
  {
    name: 'no words',
    behaviour: { words: [] },
    status: 'failed',
    code: 'MODEL.EMPTY',
    body: '',
    calls: 2,
  },
  {
    name: 'a dead socket before the first word',
    behaviour: { words, dieAfter: 0 },
    status: 'failed',
    code: 'MODEL.UNREACHABLE',
    body: '',
    calls: 2,
  },
  {
    name: 'half a stream',
    behaviour: { words, dieAfter: 2 },
    status: 'interrupted',
    code: 'MODEL.CUT_SHORT',
    body: 'meia resposta ',
  },
  {
    name: 'an error in the stream',
    behaviour: { words, errorAfter: 2 },
    status: 'interrupted',
    code: 'MODEL.CUT_SHORT',
    body: 'meia resposta ',
  },
  {
    name: 'an end without reason or [DONE]',
    behaviour: { raw: [frame('meia ')] },
    status: 'interrupted',
    code: 'MODEL.CUT_SHORT',
    body: 'meia ',
  },
  {
    name: 'an answer that was filtered',
    behaviour: { words: ['meia '], finishReason: 'content_filter' },
    status: 'interrupted',
    code: 'MODEL.FILTERED',
    body: 'meia ',
  },
  {
    name: 'garbage between frames',
    behaviour: {
      raw: [
        '\ufeff: hi\n\n',
        frame('boa '),
        'data: {not json\n\n',
        'nonsense\n\n',
        frame('tarde', 'stop'),
        'data: [DONE]\n\n',
        'data: [DONE]\n\n',
      ],
    },
    status: 'done',
    code: null,
    body: 'boa tarde',
  },
  {
    name: 'a reason and no [DONE]',
    behaviour: { words, done: false },
    status: 'done',
    code: null,
    body: 'meia resposta inteira',
  },
];

/** A model for each fault: one that keeps failing is left alone, and the next would not be asked. */
const modelOf = (name: string) => `openai/${name.replaceAll(' ', '-')}`;

describe('faults of a provider', () => {
  let app: AnsweringApp;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-faults-'));
    const file = join(folder, 'models.yaml');
    const models = [
      MODEL,
      ...FAULTS.map(({ name }) => modelOf(name)),
      'openai/told',
      'openai/quiet',
    ];
    const entries = models.map((id) => `  - { id: '${id}', fallback: false }`);
    writeFileSync(file, ['models:', ...entries, '  - quotes', ''].join('\n'));
    app = await startAnsweringApp('sqlite', { LLM_MODELS: '', MODELS_FILE: file });
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  describe.each(FAULTS)('$name', ({ name, behaviour, status, code, body, calls = 1 }) => {
    const model = modelOf(name);

    it(`should end as ${status}, ${String(code)}, and keep prompt and text`, async () => {
      app.provider.script(behaviour);
      const stream = await askStream(
        app.client,
        await aConversation(app.client),
        { prompt: 'conta', model },
        { 'accept-language': 'en' },
      );
      const frames = await stream.all();
      expect(frames.at(-1)).toMatchObject({ type: 'done', data: { status } });
      expect(stream.text).toBe(body);
      const error = frames.find(({ type }) => type === 'error')?.data;
      expect(error?.['code'] ?? null).toBe(code);
      const post = await getPost(app.client, Number(frames[0]?.data['postId']));
      expect(post).toMatchObject({ prompt: 'conta', body, status });
      expect(post.error?.code ?? null).toBe(code);
    });

    it('should close the ledger of each call with its outcome', async () => {
      app.provider.script(behaviour);
      const { id } = await asked(app.client, await aConversation(app.client), 'conta', {
        model,
      });
      const rows = await app.dataSource.getRepository(Usage).findBy({ postId: id });
      const row = { outcome: code ?? status, purpose: 'answer', door: 'web', model };
      expect(rows).toMatchObject(Array(calls).fill(row));
      for (const { closedAt } of rows) expect(closedAt).toBeInstanceOf(Date);
    });
  });

  it('should say what went wrong in the language of each reader', async () => {
    app.provider.script({ status: 401 });
    const stream = await askStream(
      app.client,
      await aConversation(app.client),
      { prompt: 'conta algo' },
      { 'accept-language': 'en' },
    );
    const frames = await stream.all();
    const told = String(frames.find(({ type }) => type === 'error')?.data['message']);
    expect(told).toMatch(/administrator/);
    const path = `/api/posts/${String(frames[0]?.data['postId'])}`;
    const inEnglish = await app.client.get(path, { headers: { 'accept-language': 'en-GB' } });
    expect(inEnglish.body['error']).toMatchObject({ message: told });
    const inPortuguese = await app.client.get(path, { headers: { 'accept-language': 'pt' } });
    expect(JSON.stringify(inPortuguese.body['error'])).toMatch(/administrador/);
  });

  it('should say whether asking again may help, live and from the database', async () => {
    for (const [status, retryable] of [
      [401, false],
      [429, true],
    ] as const) {
      app.provider.script({ status });
      const conversation = await aConversation(app.client);
      const live = await askStream(app.client, conversation, {
        prompt: 'conta algo',
        model: 'openai/told',
      });
      const told = await live.untilType('error');
      const id = Number(live.frames[0]?.data['postId']);
      expect(told.data['retryable']).toBe(retryable);
      await live.all();
      await app.dataSource.getRepository(Run).delete({ postId: id }); // As once the log is gone.
      const replayed = await follow(app.client, id);
      expect((await replayed.untilType('error')).data['retryable']).toBe(retryable);
    }
  });

  it('should say nothing of what the provider said', async () => {
    app.provider.script({ status: 500, body: '{"error":{"message":"sk-secret at 10.0.0.7"}}' });
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'conta algo',
      model: 'openai/quiet',
    });
    expect(JSON.stringify(await stream.all())).not.toMatch(/sk-secret|10\.0\.0\.7/);
  });

  it('should charge nothing for a refused call, and an estimate for one cut short', async () => {
    const conversation = await aConversation(app.client);
    app.provider.script({ status: 429 });
    const refused = await asked(app.client, conversation, 'conta algo');
    expect(refused.usage).toMatchObject({ promptTokens: 0, completionTokens: 0, estimated: true });
    app.provider.script({ words, dieAfter: 2 });
    const cut = await asked(app.client, conversation, 'conta algo');
    expect(cut.usage).toMatchObject({ estimated: true });
    expect(cut.usage?.promptTokens).toBeGreaterThan(0);
    expect(cut.usage?.completionTokens).toBeGreaterThan(0);
    app.provider.script({ words, usage: false });
    expect((await asked(app.client, conversation, 'conta algo')).usage).toMatchObject({
      estimated: true,
    });
    app.provider.script({ words });
    expect((await asked(app.client, conversation, 'conta algo')).usage).toMatchObject({
      estimated: false,
      completionTokens: 3,
    });
  });

  it('should end an answer that never does, and keep what came', async () => {
    app.provider.script({ raw: Array.from({ length: 100 }, () => frame('x'.repeat(50_000))) });
    const post = await asked(app.client, await aConversation(app.client), 'conta algo');
    expect(post).toMatchObject({ status: 'interrupted', error: { code: 'MODEL.LENGTH' } });
    // What rails hold back at the end is let out, so that it may be a frame more.
    expect(post.body.length).toBeGreaterThan(1024 * 1024);
    expect(post.body.length).toBeLessThanOrEqual(1_100_000);
    expect(app.provider.requests.at(-1)?.aborted).toBeDefined();
  });

  it('should let a person stop a provider that hangs, and keep what came', async () => {
    app.provider.script({ words, hangAfter: 1 });
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'conta algo',
    });
    await stream.untilText(5);
    const id = Number(stream.frames[0]?.data['postId']);
    await app.client.post(`/api/posts/${String(id)}/stop`);
    await stream.all();
    expect(await getPost(app.client, id)).toMatchObject({ status: 'stopped', body: 'meia ' });
  });

  it('should keep characters whole that come in two packets', async () => {
    const bytes = new TextEncoder().encode(frame('caf\u00e9 🙂', 'stop'));
    const cut = bytes.indexOf(0xc3) + 1;
    app.provider.script({ raw: [bytes.slice(0, cut), bytes.slice(cut, -4), bytes.slice(-4)] });
    const { body } = await asked(app.client, await aConversation(app.client), 'conta algo');
    expect(body).toBe('café 🙂');
  });

  it('should go on answering afterwards', async () => {
    app.provider.script({});
    const { body } = await asked(app.client, await aConversation(app.client), 'say: ainda aqui');
    expect(body).toBe('ainda aqui');
  });
});
