import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { type Engine, LimitCounter, Reservation, Usage } from '#db';
import type { DataSource } from 'typeorm';
import type { OwnLimit } from '../../src/limits/limits.schema.js';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import {
  type ApiAnswer,
  aFirstAdministrator,
  ApiClient,
  type TestPerson,
} from '../harness/api-client.js';
import { ask } from '../harness/asking.js';
import { type ChildServer, startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import type { TestApp } from '../harness/test-app.js';

export const PRICED = 'openai/priced';
export const DEARER = 'openai/dearer';
export const UNPRICED = 'openai/unpriced';

/** Longest answer of each model here, in tokens. */
export const LONGEST = 200;

/** Servers that share a database, and a model whose price is known. */
export interface LimitedPlace {
  readonly provider: OpenAiServer;
  /** One for each process, signed in as the administrator; the first process is this one. */
  readonly clients: readonly ApiClient[];
  readonly admin: TestPerson;
  readonly app: TestApp;
  readonly place: Place;
  /** Sets a limit and waits until every process knows of it. */
  limit(wish: Readonly<Record<string, unknown>>): Promise<number>;
  lift(id: number): Promise<void>;
  close(): Promise<void>;
}

/** Models with prices, in a file that lies in a folder of its own. */
export function aModelsFile(): { readonly file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'prosa-limits-'));
  const file = join(folder, 'models.yaml');
  const own = { maxOutputTokens: LONGEST, fallback: false };
  const models = [
    { id: PRICED, ...own, prices: { input: 1, output: 4, asOf: '2026-10-01' } },
    { id: DEARER, ...own, prices: { input: 10, output: 40, asOf: '2026-10-01' } },
    { id: UNPRICED, ...own },
    'quotes',
  ];
  writeFileSync(file, JSON.stringify({ models }));
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

export const settingsOf = (provider: OpenAiServer, file: string): Record<string, string> => ({
  MODELS_FILE: file,
  TITLE_MODEL: 'off',
  OPENAI_BASE_URL: provider.url,
  OPENAI_API_KEY: 'test-key',
  ASKS_PER_MINUTE: '100000',
  RUNS_PER_PERSON: '1000',
});

export async function aLimitedPlace(
  engine: Engine,
  processes: 1 | 2,
  more: Readonly<Record<string, string>> = {},
): Promise<LimitedPlace> {
  const models = aModelsFile();
  const provider = await startOpenAiServer();
  const place = await aPlace(engine, { ...settingsOf(provider, models.file), ...more });
  const app = await place.start();
  const admin = await aFirstAdministrator(app);
  const children: ChildServer[] = processes === 2 ? [await startChildServer(place.settings)] : [];
  const clients = [app, ...children].map(({ url }) => {
    const client = new ApiClient(url);
    client.token = admin.token;
    return client;
  });
  return {
    ...{ provider, clients, admin, app, place },
    async limit(wish) {
      const { status, body } = await admin.client.put('/api/limits', wish);
      expect({ status, body }).toMatchObject({ status: 200 });
      await Promise.all(clients.map((client) => untilKnown(client, wish)));
      return Number(body['id']);
    },
    async lift(id) {
      expect((await admin.client.delete(`/api/limits/${String(id)}`)).status).toBe(204);
    },
    async close() {
      for (const child of children) await child.end('SIGKILL');
      await app.close();
      await place.drop();
      await provider.close();
      models.remove();
    },
  };
}

/** Asks, and again where the database has no connection free, as a program would. */
export async function askPatiently(
  client: ApiClient,
  conversation: number,
  body: unknown,
): Promise<ApiAnswer> {
  for (;;) {
    const answer = await ask(client, conversation, body);
    if (answer.status !== 503) return answer;
    await wait(200);
  }
}

async function untilKnown(client: ApiClient, wish: Readonly<Record<string, unknown>>) {
  const { measure, period, amount } = wish;
  const isIt = (limit: OwnLimit) =>
    limit.measure === measure && limit.period === period && limit.amount === amount;
  while (!(await limitsOf(client)).some(isIt)) await wait(50);
}

/** What is left to whoever has the client. */
export async function limitsOf(client: ApiClient): Promise<readonly OwnLimit[]> {
  const { status, body } = await client.get('/api/limits/mine');
  expect({ status, body }).toMatchObject({ status: 200 });
  return body['limits'] as OwnLimit[];
}

/** What all counters of a measure say, and what the ledger says. */
export async function standing(dataSource: DataSource, measure: 'tokens' | 'usd', subject: string) {
  const counter = await dataSource.getRepository(LimitCounter).findOneBy({ measure, subject });
  const calls = await dataSource.getRepository(Usage).find();
  const ledger = calls.reduce(
    (sum, { promptTokens, completionTokens, costNanoUsd }) =>
      sum +
      (measure === 'usd' ? (costNanoUsd ?? 0) : (promptTokens ?? 0) + (completionTokens ?? 0)),
    0,
  );
  const reservations = await dataSource.getRepository(Reservation).count();
  return {
    used: counter?.used ?? NaN,
    reserved: counter?.reserved ?? NaN,
    ledger,
    open: calls.filter(({ closedAt }) => closedAt === null).length,
    reservations,
  };
}
