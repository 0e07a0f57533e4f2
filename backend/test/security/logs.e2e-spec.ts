import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Engine } from '#db';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { PASSWORD } from '../harness/api-client.js';
import { CANARY, TELLTALE } from './canaries.js';
import { follow } from './event-reader.js';
import { aConversation, aPost, asking, aScene, PROVIDER_KEY, type Scene } from './given.js';
import { collectLogs, type LogCollector } from './log-collector.js';
import { jsonOf, send } from './wire.js';

/** Ways for a database to fail; each is undone before the next. */
const BROKEN_TABLES = ['posts', 'conversation', 'runs', 'sessions'];

/** Makes the database refuse to change any row of a table. */
const REFUSE: Readonly<Record<Engine, (table: string) => string>> = {
  sqlite: (table) =>
    `CREATE TRIGGER refuse BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`,
  mariadb: (table) =>
    `CREATE TRIGGER refuse BEFORE UPDATE ON ${table}
     FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'`,
  postgres: (table) =>
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
     CREATE TRIGGER refuse BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`,
};

const REFUSE_NO_MORE: Readonly<Record<Engine, string>> = {
  sqlite: 'DROP TRIGGER refuse',
  mariadb: 'DROP TRIGGER refuse',
  postgres: 'DROP FUNCTION refuse CASCADE',
};

describe.each(TEST_ENGINES)('what is logged on %s', (engine) => {
  let logs: LogCollector;
  let scene: Scene;
  let bedrock: BedrockServer;
  const tokens: string[] = [];
  const answers: string[] = [];

  const call = async (...[request]: [Parameters<typeof send>[1]]) => {
    const answer = await send(scene.app, request);
    if (answer.status >= 400) {
      answers.push(answer.text, JSON.stringify(answer.headers));
    }
    return answer;
  };

  beforeAll(async () => {
    bedrock = await startBedrockServer();
    logs = collectLogs();
    const settings = {
      LOG_LEVEL: 'trace',
      LLM_MODELS: 'openai/fake-chat,bedrock/mistral.mistral-large-2402-v1:0,quotes',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: CANARY.accessKey,
      AWS_SECRET_ACCESS_KEY: CANARY.secretKey,
      AWS_SESSION_TOKEN: CANARY.sessionToken,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      JWT_SECRET: CANARY.jwtSecret,
      SETUP_TOKEN: CANARY.setupToken,
      SERVICE_TOKEN: CANARY.serviceToken,
      METRICS_TOKEN: CANARY.metricsToken,
    };
    scene = await aScene(engine, settings, logs.lines);
  });

  afterAll(async () => {
    await scene.close();
    await bedrock.close();
    logs.restore();
  });

  it('should go through everything that people and providers do', async () => {
    const { app, provider, ana, admin } = scene;
    provider.script({ words: [CANARY.answer, ' e ', 'mais.'] });
    const id = await aConversation(app, ana, { title: CANARY.title });
    const post = await aPost(app, ana, id, CANARY.prompt);
    await aPost(app, ana, await aConversation(app, ana), CANARY.prompt);
    await (await follow(app, asking(id, ana, { prompt: CANARY.prompt }))).text();
    const path = `/api/conversations?q=${CANARY.search}`;
    expect((await call({ path, token: ana.token })).status).toBe(200);
    await call({ path: `/api/${CANARY.search}?q=${CANARY.search}`, token: ana.token });
    await call({ path: `/api/posts/${String(post.id)}`, token: ana.token });

    for (const password of [PASSWORD, CANARY.wrongPassword]) {
      const signIn = { username: 'ana', password };
      const answer = await call({
        method: 'POST',
        path: '/api/auth/login',
        headers: { origin: app.url },
        body: JSON.stringify(signIn),
      });
      const { accessToken = '' } = jsonOf<{ accessToken?: string }>(answer);
      tokens.push(answer.headers['set-cookie'] ?? '', accessToken);
      // The same, cut short: a parser likes to quote what it could not read.
      await call({
        method: 'POST',
        path: '/api/auth/login',
        body: JSON.stringify(signIn).slice(0, -1),
      });
    }
    await call({
      method: 'POST',
      path: '/api/users',
      token: admin.token,
      body: JSON.stringify({ username: 'nova', password: CANARY.password, role: 'rei' }),
    });
    await call({
      method: 'PATCH',
      path: '/api/auth/me',
      token: ana.token,
      body: JSON.stringify({ currentPassword: CANARY.wrongPassword, newPassword: CANARY.password }),
    });
    for (const token of [CANARY.serviceToken, `${CANARY.serviceToken}x`]) {
      const body = JSON.stringify({ question: CANARY.prompt });
      await call({ method: 'POST', path: '/chat/', token, body });
      await call({ path: '/metrics', token });
    }
    const metrics = await call({ path: '/metrics', token: CANARY.metricsToken });
    answers.push(metrics.text);
    await call({
      method: 'POST',
      path: '/auth/login',
      body: JSON.stringify({ username: 'ana', password: CANARY.wrongPassword }),
    });
    const forged = `${ana.token.slice(0, -6)}canary`;
    tokens.push(ana.token, admin.token, forged);
    await call({ path: '/api/auth/me', token: forged });
  });

  it.each(Object.keys(TELLTALE))('should go on when a provider fails: %s', async (name) => {
    const { app, provider, ana } = scene;
    provider.script(TELLTALE[name] ?? {});
    bedrock.script({ exception: { name: 'AccessDeniedException', status: 403 } });
    const id = await aConversation(app, ana);
    const answer = await send(app, asking(id, ana, { prompt: CANARY.prompt }));
    const { prompt: _, body: __, ...told } = jsonOf(answer);
    expect(told['error']).not.toBeNull();
    answers.push(JSON.stringify(told), JSON.stringify(answer.headers));
    const models = await send(app, { path: '/api/models', token: ana.token });
    answers.push(models.text);
  });

  it('should go on when Bedrock fails', async () => {
    const { app, ana } = scene;
    const message = `The security token ${CANARY.sessionToken} is invalid`;
    const name = 'UnrecognizedClientException';
    bedrock.script({ exception: { name, status: 403, message } });
    const id = await aConversation(app, ana);
    const model = 'bedrock/mistral.mistral-large-2402-v1:0';
    const answer = await send(app, asking(id, ana, { prompt: CANARY.prompt, model }));
    expect(jsonOf(answer)).toMatchObject({ error: { code: 'MODEL.UNAUTHORIZED' } });
  });

  it.each(BROKEN_TABLES)(
    'should say nothing of the inside when the table %s fails',
    async (table) => {
      const { app, provider, ana, admin } = scene;
      provider.script({ words: [CANARY.answer] });
      const id = await aConversation(app, ana, { title: CANARY.title });
      await admin.client.get('/api/auth/me');
      await app.dataSource.query(`ALTER TABLE ${table} RENAME TO gone`);
      try {
        const requests = [
          { path: '/api/conversations', token: ana.token },
          { path: `/api/conversations?q=${CANARY.search}`, token: ana.token },
          asking(id, ana, { prompt: CANARY.prompt }),
          {
            method: 'PATCH',
            path: `/api/conversations/${String(id)}`,
            token: ana.token,
            body: JSON.stringify({ title: CANARY.title, instructions: CANARY.prompt }),
          },
          {
            method: 'POST',
            path: '/api/auth/login',
            headers: { origin: app.url },
            body: JSON.stringify({ username: 'ana', password: PASSWORD }),
          },
        ];
        const failed = [];
        for (const request of requests) {
          const answer = await call(request);
          if (answer.status >= 500) {
            failed.push(jsonOf(answer));
          }
        }
        expect(failed.length).toBeGreaterThan(0);
        expect(new Set(failed.map((body) => JSON.stringify(body))).size).toBe(1);
        expect(failed[0]).toEqual({
          error: { code: 'SERVER.ERROR', message: expect.any(String) as unknown },
        });
      } finally {
        await app.dataSource.query(`ALTER TABLE gone RENAME TO ${table}`);
      }
    },
  );

  it.each(['conversation', 'users'])(
    'should say nothing of a statement on %s that the database refuses',
    async (table) => {
      const { app, ana, bruno, admin } = scene;
      const id = await aConversation(app, ana);
      await app.dataSource.query(REFUSE[engine](table));
      try {
        const changes = [
          [`/api/conversations/${String(id)}`, ana.token, { title: CANARY.title }],
          [`/api/users/${String(bruno.user.id)}`, admin.token, { password: CANARY.password }],
        ] as const;
        const statuses = [];
        for (const [path, token, body] of changes) {
          const request = { method: 'PATCH', path, token, body: JSON.stringify(body) };
          statuses.push((await call(request)).status);
        }
        expect(statuses.filter((status) => status === 500)).toHaveLength(1);
      } finally {
        await app.dataSource.query(REFUSE_NO_MORE[engine]);
      }
    },
  );

  it('should name the request in the log of a failure and in its answer', () => {
    const failures = logs.events().filter(({ msg }) => msg === 'request failed');
    expect(failures.length).toBeGreaterThan(0);
    for (const { requestId } of failures) {
      expect(answers.join('\n')).toContain(String(requestId));
    }
  });

  it('should tell callers nothing of the inside', () => {
    const said = answers.join('\n');
    const { port } = scene.provider;
    expect(said).not.toMatch(
      /\bat \S+ \(|\.[jt]s:\d+|node_modules|Error:|SQLITE|SqlError|ER_[A-Z]/,
    );
    expect(said).not.toMatch(/\b(select|insert|update|from) .*\b(posts|users|conversation)\b/i);
    expect(said).not.toContain(`127.0.0.1:${String(port)}`);
    expect(said).not.toContain(bedrock.url);
    for (const secret of [...secrets(), ...privateWords()]) {
      expect(said).not.toContain(secret);
    }
  });

  it('should log no secret and nothing that people wrote', () => {
    const said = logs.text();
    expect(said.length).toBeGreaterThan(10_000);
    const found = [...secrets(), ...privateWords()].filter((word) => said.includes(word));
    expect(found).toEqual([]);
  });

  it('should log one line of escaped JSON an event', () => {
    expect(logs.events().length).toBeGreaterThan(50);
  });

  const privateWords = () => [
    'canarioprompt1f',
    '529.982.247-25',
    CANARY.answer,
    CANARY.title,
    CANARY.search,
  ];

  const secrets = () => [
    PROVIDER_KEY,
    PASSWORD,
    CANARY.password,
    CANARY.wrongPassword,
    CANARY.secretKey,
    CANARY.sessionToken,
    CANARY.jwtSecret,
    CANARY.setupToken,
    CANARY.serviceToken,
    CANARY.metricsToken,
    CANARY.accessKey,
    '$argon2id',
    // A token's signature, or all of a cookie's value, is what opens a door.
    ...tokens.flatMap((token) => token.match(/[\w-]{20,}/g)?.slice(-1) ?? []),
  ];
});
