import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, askStream, expectPost } from '../harness/asking.js';
import { LONGEST, limitsOf, standing } from './limited-place.js';

const FIRST = 'openai/first';
const DEARER = 'openai/dearer';
const UNPRICED = 'openai/unpriced';
const FAILS = { status: 500, body: '{"error":{"message":"fault"}}' };

describe('a budget while models take over from each other', () => {
  let app: AnsweringApp;
  let folder: string;
  let conversation: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-dearest-'));
    const file = join(folder, 'models.yaml');
    const models = [
      { id: FIRST, maxOutputTokens: LONGEST, prices: { input: 1, output: 4, asOf: '2026-10-01' } },
      { id: UNPRICED, maxOutputTokens: LONGEST },
      {
        id: DEARER,
        maxOutputTokens: LONGEST,
        prices: { input: 10, output: 40, asOf: '2026-10-01' },
      },
    ];
    writeFileSync(file, JSON.stringify({ models }));
    const settings = { LLM_MODELS: '', MODELS_FILE: file, TITLE_MODEL: 'off' };
    app = await startAnsweringApp('sqlite', settings);
    conversation = await aConversation(app.client);
    const limit = { scope: 'everyone', measure: 'usd', period: 'month', amount: 1 };
    expect((await app.client.put('/api/limits', limit)).status).toBe(200);
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('should set aside the price of the dearest, and pay what each call took', async () => {
    const gate = Promise.withResolvers<undefined>();
    app.provider.script(({ model }) =>
      model === 'first' ? FAILS : { words: ['um ', 'dois'], endsAfter: gate.promise },
    );
    const stream = await askStream(app.client, conversation, { prompt: 'a', model: FIRST });
    await stream.untilType('delta');
    const [held] = await limitsOf(app.client);
    expect(held?.reserved).toBeGreaterThan((LONGEST * 40) / 1e6);
    gate.resolve(undefined);
    await stream.all();
    const calls = await app.dataSource.getRepository(Usage).find({ order: { id: 'ASC' } });
    expect(calls.map(({ model }) => model)).toEqual([FIRST, FIRST, DEARER]);
    const end = await standing(app.dataSource, 'usd', 'person:1');
    expect(end).toEqual({ ...end, used: end.ledger, reserved: 0, open: 0, reservations: 0 });
    expect(end.ledger).toBeGreaterThan(0);
  });

  it('should set aside by the dearest before it is known that any fails', async () => {
    const gate = Promise.withResolvers<undefined>();
    app.provider.script({ words: ['um ', 'dois'], endsAfter: gate.promise });
    const wish = { prompt: 'a', parentId: null, model: FIRST };
    const stream = await askStream(app.client, conversation, wish);
    await stream.untilType('delta');
    const [held] = await limitsOf(app.client);
    expect(held?.reserved).toBeGreaterThan((LONGEST * 40) / 1e6);
    gate.resolve(undefined);
    await stream.all();
    const path = `/api/posts/${String(stream.frames[0]?.data['postId'])}`;
    expect((await app.client.get(path)).body).toMatchObject({ status: 'done', model: FIRST });
    expect(await limitsOf(app.client)).toMatchObject([{ reserved: 0 }]);
  });

  it('should let no model take over whose price nobody knows', async () => {
    const before = app.provider.requests.length;
    app.provider.script(({ model }) => (model === 'unpriced' ? { words: ['eu'] } : FAILS));
    const wish = { prompt: 'b', parentId: null, model: FIRST };
    const answer = await app.client.post(`/api/conversations/${String(conversation)}/posts`, wish);
    expect(expectPost(answer).status).toBe('failed');
    const asked = app.provider.requests.slice(before).map(({ model }) => model);
    expect(new Set(asked)).toEqual(new Set(['first', 'dearer']));
  });
});
