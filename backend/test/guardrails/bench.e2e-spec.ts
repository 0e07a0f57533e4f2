import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClientRequest, request } from 'node:http';
import { aFirstAdministrator, aForm, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

interface SentEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** The events of a stream that has ended. */
const eventsIn = (text: string): SentEvent[] =>
  text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/s.exec(frame) ?? [];
      return { event, data: JSON.parse(data) as Record<string, unknown> };
    });

const draft = {
  files: [
    {
      path: 'rails/blocked_terms.yml',
      text: 'lists:\n  - name: fruits\n    terms: [abacaxi, jabuticaba]\n',
    },
    {
      path: 'rails/input_output_checks.yml',
      text: [
        'patterns:',
        '  - name: contract',
        "    pattern: 'CT-\\d{4}'",
        '    stages: { input: mask }',
        '    kind: CONTRACT',
        '  - name: code-name',
        "    pattern: 'projeto aurora'",
        '    stages: { output: replace }',
        "    replacement: { pt-BR: 'um projeto interno', en: 'an internal project' }",
      ].join('\n'),
    },
  ],
};

describe('test bench of the guardrails', () => {
  let app: TestApp;
  let admin: TestPerson;
  beforeAll(async () => {
    app = await startTestApp('sqlite', { ASKS_PER_MINUTE: '1000' });
    admin = await aFirstAdministrator(app);
  });
  afterAll(() => app.close());

  const compare = async (body: object): Promise<{ text: string; events: SentEvent[] }> => {
    const answer = await admin.client.post('/api/guardrails/compare', body);
    expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
      status: 200,
      type: 'text/event-stream; charset=utf-8',
    });
    return { text: answer.text, events: eventsIn(answer.text) };
  };

  /** A reader who may leave: a connection of its own, which has read the beginning. */
  const beginReading = (body: object): Promise<ClientRequest> =>
    new Promise((resolve, reject) => {
      const authorization = `Bearer ${String(admin.client.token)}`;
      const headers = { 'content-type': 'application/json', authorization };
      const path = `${app.url}/api/guardrails/compare`;
      const reading = request(path, { method: 'POST', headers, agent: false });
      reading.once('response', (answer) => {
        answer.once('data', () => {
          resolve(reading);
        });
        answer.on('error', () => undefined); // It leaves.
      });
      reading.once('error', reject);
      reading.end(JSON.stringify(body));
    });

  it('should show what a draft makes of a text, as it would go on', async () => {
    const texts = [
      { text: 'o contrato CT-1234, não o CT-9876; sim, CT-1234', stage: 'input' },
      { text: 'o Projeto Aurora começa', stage: 'output' },
      { text: 'suco de abacaxi', stage: 'input' },
      { text: 'bom dia', stage: 'input' },
      { text: 'nada de mais', stage: 'input' },
      { text: 'Uma fruta. O abacaxi é verde.', stage: 'output' },
      { text: 'A senha: Xk9vQ2pLw7Rt.', stage: 'retrieved' },
    ];
    const headers = { 'accept-language': 'en' };
    const { body } = await admin.client.post(
      '/api/guardrails/try',
      { ...draft, texts },
      { headers },
    );
    const results = body['results'] as { action: string; output: string; findings: unknown[] }[];
    expect(results.map(({ action }) => action)).toEqual([
      ...['mask', 'replace', 'block', 'answer', 'pass', 'block', 'mask'],
    ]);
    expect(results.map(({ output }) => output).slice(0, 2)).toEqual([
      'o contrato [CONTRACT_1], não o [CONTRACT_2]; sim, [CONTRACT_1]',
      'o an internal project começa',
    ]);
    expect(results[3]?.output).toMatch(/^Hello/);
    expect(results[4]).toMatchObject({ output: 'nada de mais', findings: [] });
    expect(results[2]?.output).toMatch(
      /^Your message holds terms .* It was neither stored nor sent/,
    );
    expect(results[5]?.output).toMatch(/^Uma fruta\. O \n\nThe answer stopped here/);
    expect(results[6]?.output).toBe('A senha: [SECRET].');
    expect(results[2]?.findings).toEqual([
      { rail: 'blocked-terms', rule: 'fruits', start: 8, end: 15, action: 'block' },
    ]);
  });

  it('should refuse to try a draft that is broken, or two at once', async () => {
    const texts = [{ text: 'oi', stage: 'input' }];
    const broken = { files: [{ path: 'config.yml', text: 'version: 2' }], texts };
    expect((await admin.client.post('/api/guardrails/try', broken)).body).toMatchObject({
      error: { code: 'GUARDRAIL.POLICY_INVALID' },
    });
    const two = await admin.client.post('/api/guardrails/try', { ...draft, policyId: 1, texts });
    expect(two.status).toBe(400);
    const long = [{ text: 'a'.repeat(200_001), stage: 'input' }];
    expect((await admin.client.post('/api/guardrails/try', { texts: long })).status).toBe(400);
  });

  it('should tell of given prompts what would change, and count', async () => {
    const { events } = await compare({
      draft,
      prompts: [
        { text: 'um abacaxi maduro', expected: 'benign' },
        { text: 'jabuticaba', expected: 'attack' },
        { text: 'bom dia' },
        { text: 'um ataque que ninguém vê', expected: 'attack' },
      ],
    });
    expect(events[0]).toEqual({ event: 'progress', data: { done: 0, total: 4 } });
    const changes = events.filter(({ event }) => event === 'change');
    expect(changes.map(({ data }) => data)).toMatchObject([
      {
        ...{ n: 1, text: 'um abacaxi maduro', expected: 'benign' },
        current: { action: 'pass', findings: [] },
        draft: { action: 'block', findings: [{ rail: 'blocked-terms', start: 3, end: 10 }] },
      },
      { n: 2, text: 'jabuticaba', expected: 'attack' },
    ]);
    expect(events.at(-1)).toEqual({
      event: 'done',
      data: {
        ...{ total: 4, changes: 2, replayed: false, notRun: [] },
        current: {
          ...{ blocked: 0, masked: 0, flagged: 0, answered: 1, passed: 3 },
          ...{ wronglyBlocked: 0, missed: 2 },
        },
        draft: {
          ...{ blocked: 2, masked: 0, flagged: 0, answered: 1, passed: 1 },
          ...{ wronglyBlocked: 1, missed: 1 },
        },
      },
    });
  });

  it('should tell of what others asked only what concerns five people or more, and note who looked', async () => {
    const people: TestPerson[] = [];
    const ask = async ({ client }: TestPerson, prompt: string) => {
      expect((await client.post('/api/posts', { prompt })).status).toBe(201);
    };
    for (const name of ['ana', 'bia', 'caio', 'davi', 'eva']) {
      people.push(await aPerson(app, admin, name));
    }
    const [last, ...first] = people;
    for (const person of first) await ask(person, 'Quanto custa o abacaxi secreto?');
    const ofFour = await compare({ draft, replayDays: 7 });
    const nothing = { blocked: null, masked: null, flagged: null, answered: null };
    const told = { replayed: true, fewestPeople: 5, notRun: [], current: nothing };
    expect(ofFour.events).toEqual([
      { event: 'progress', data: { done: 0, total: 4 } },
      { event: 'done', data: { ...told, total: 4, changes: null, draft: nothing, rules: [] } },
    ]);
    // The fifth asks twice: six prompts are told as five.
    for (const prompt of ['abacaxi', 'e o abacaxi?']) if (last) await ask(last, prompt);
    const ofFive = await compare({ draft, replayDays: 3 });
    expect(ofFive.events.map(({ event }) => event)).toEqual(['progress', 'done']);
    const rule = { rail: 'blocked-terms', rule: 'fruits', current: null, draft: 'block' };
    expect(ofFive.events.at(-1)?.data).toEqual({
      ...{ ...told, total: 6, changes: 5, draft: { ...nothing, blocked: 5 } },
      rules: [{ ...rule, prompts: 5 }],
    });
    expect(ofFour.text + ofFive.text).not.toMatch(/secreto|custa|ana|eva/);
    const { body } = await admin.client.get('/api/guardrails/replays');
    const noted = body['items'] as { digest: string }[];
    expect(noted).toMatchObject([
      { username: 'admin', days: 3, prompts: 6, draftId: null },
      { username: 'admin', days: 7, prompts: 4, draftId: null },
    ]);
    expect(noted[0]?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(noted[0]?.digest).toBe(noted[1]?.digest);
    expect((await first[0]?.client.get('/api/guardrails/replays'))?.status).toBe(403);
  });

  describe('over a file of prompts', () => {
    let path: string;
    beforeAll(async () => {
      const { body } = await admin.client.post('/api/guardrails/policies', { ...draft, note: '' });
      path = `/api/guardrails/policies/${String(body['id'])}/compare`;
    });
    const send = (lines: readonly string[], options = {}) =>
      admin.client.post(path, aForm(lines.join('\n'), 'prompts.jsonl'), options);

    it('should take 5,000 prompts that are far more than a request of JSON may have', async () => {
      const words = 'palavras que nada dizem '.repeat(10);
      const lines = Array.from({ length: 5000 }, (_, n) =>
        JSON.stringify({ text: `${words}${n % 10 === 0 ? 'abacaxi' : ''}`, label: 'benign' }),
      );
      const [answer, alive] = await Promise.all([send(lines), admin.client.get('/health/live')]);
      expect(alive.status).toBe(200);
      expect(answer.status).toBe(200);
      const events = eventsIn(answer.text);
      expect(events.filter(({ event }) => event === 'progress').length).toBeGreaterThan(1);
      expect(events.at(-1)?.data).toMatchObject({
        ...{ total: 5000, changes: 500, replayed: false },
        draft: { blocked: 500, wronglyBlocked: 500 },
      });
    }, 120_000);

    it('should say in the language of the caller what is too much, and where a line is no prompt', async () => {
      const refused = async (lines: readonly string[], language: string) => {
        const { status, body } = await send(lines, { headers: { 'accept-language': language } });
        const { code, message } = body['error'] as { code: string; message: string };
        return { status, code, message };
      };
      expect(await refused(new Array<string>(5001).fill('{"text":"oi"}'), 'pt-BR')).toEqual({
        ...{ status: 413, code: 'GUARDRAIL.TOO_MANY_PROMPTS' },
        message: 'O arquivo tem mais de 5000 prompts.',
      });
      const long = JSON.stringify({ text: 'a'.repeat(200_001) });
      expect(await refused([long], 'en')).toMatchObject({ status: 422 });
      const large = JSON.stringify({ text: 'a'.repeat(190_000) });
      expect(await refused(new Array<string>(46).fill(large), 'en')).toEqual({
        ...{ status: 413, code: 'DOCUMENT.TOO_BIG' },
        message: 'This file is larger than 8 MB.',
      });
      expect(await refused(['{"text":"oi"}', '', 'nada'], 'en')).toMatchObject({
        ...{ status: 422, code: 'GUARDRAIL.NO_PROMPT' },
        message: expect.stringMatching(/^Line 3 is no prompt/),
      });
      expect(await refused([''], 'pt-BR')).toMatchObject({ status: 422 });
    });
  });

  it('should answer others while thousands of prompts are compared, and stop when nobody reads', async () => {
    const prompts = Array.from({ length: 2000 }, (_, n) => ({
      text: `${'palavras que nada dizem '.repeat(8)} abacaxi ${String(n)}`,
    }));
    const reading = await beginReading({ draft, prompts });
    const alive = await admin.client.get('/health/live');
    expect(alive.status).toBe(200);
    reading.destroy();
    // A second one goes through as before.
    const { events } = await compare({ draft, prompts });
    expect(events.filter(({ event }) => event === 'change')).toHaveLength(500);
    expect(events.at(-1)?.data).toMatchObject({ total: 2000, changes: 2000 });
  });
});
