// `npm run bench:engines -- --rounds 5 --seconds 2`: see README.md
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Conversation, databaseTarget, type Engine, openDatabase, User } from '#db';
import type { DataSource } from 'typeorm';
import { printTable, shown, spreadOf } from './harness/figures.ts';
import { built, dataFolder } from './harness/prosa.ts';
import { startServer } from './harness/servers.ts';

type Accepting = typeof import('../src/answering/accepting.repository.js');
type Masked = typeof import('../src/guardrails/masking/masked-text.js');
type Rails = typeof import('../src/guardrails/guardrails.js');
type Masks = typeof import('../src/guardrails/masking/masks.repository.js');
type Keys = typeof import('../src/guardrails/masking/masking-key.js');
type Conversations = typeof import('../src/conversations/conversations.repository.js');
type Removals = typeof import('../src/collections/trash/removal.repository.js');
type Queues = typeof import('../src/ingest/queue/database-ingest-queue.js');
type Jobs = typeof import('../src/ingest/queue/ingest-jobs.repository.js');
type Processes = typeof import('../src/answering/process-id.js');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    at: { type: 'string', default: '10' },
    engine: { type: 'string', default: 'sqlite,mariadb,postgres' },
  },
});
/** Callers at once, each in a conversation of its own; as many as the pool has connections. */
const AT_ONCE = Number(values.at);
const CONVERSATIONS = 1000;
const PAGE = 50;

const { AcceptingRepository } = await built<Accepting>(
  'backend/src/answering/accepting.repository.js',
);
const { MaskedText } = await built<Masked>('backend/src/guardrails/masking/masked-text.js');
const { Guardrails } = await built<Rails>('backend/src/guardrails/guardrails.js');
const { MasksRepository } = await built<Masks>(
  'backend/src/guardrails/masking/masks.repository.js',
);
const { MaskingKey } = await built<Keys>('backend/src/guardrails/masking/masking-key.js');
const { ConversationsRepository } = await built<Conversations>(
  'backend/src/conversations/conversations.repository.js',
);
const { RemovalRepository } = await built<Removals>(
  'backend/src/collections/trash/removal.repository.js',
);
const { DatabaseIngestQueue } = await built<Queues>(
  'backend/src/ingest/queue/database-ingest-queue.js',
);
const { IngestJobsRepository } = await built<Jobs>(
  'backend/src/ingest/queue/ingest-jobs.repository.js',
);
const { ProcessId } = await built<Processes>('backend/src/answering/process-id.js');

/** What is measured: one round of a caller's. */
type Work = (caller: number) => Promise<unknown>;

interface Contestant {
  readonly engine: Engine;
  readonly dataSource: DataSource;
  readonly works: Readonly<Record<WorkName, Work>>;
  readonly rates: Readonly<Record<WorkName, number[]>>;
  stop(): Promise<void>;
}

const WORKS = { accept: 'questions accepted', list: `pages of ${String(PAGE)} conversations` };
type WorkName = keyof typeof WORKS;
const NAMES: readonly WorkName[] = ['accept', 'list'];

/** A person with conversations, so that a list has something to choose from. */
async function aHistory(dataSource: DataSource) {
  const now = new Date();
  const user = await dataSource.getRepository(User).save({
    ...{ username: 'ana', password: 'hash', createdAt: now, role: 'member' as const },
    mustChangePassword: false,
  });
  const conversations = Array.from({ length: CONVERSATIONS }, (_, n) => ({
    ...{ status: 'online' as const, userId: user.id, createdAt: now, titleByPerson: false },
    ...{ title: `Conversa ${String(n)}`, channel: 'web', updatedAt: new Date(now.getTime() - n) },
  }));
  const saved = await dataSource.getRepository(Conversation).save(conversations);
  return { userId: user.id, conversations: saved.map(({ id }) => id) };
}

const guarded = {
  ...{ policyId: 1, hits: [], asked: null, ending: undefined },
  typed: new MaskedText<never>('Uma pergunta de tamanho comum, como as pessoas as fazem?'),
  instructions: { person: null, conversation: null },
};

async function contestant(engine: Engine, folder: string): Promise<Contestant> {
  const server = engine === 'sqlite' ? undefined : await startServer(engine);
  const target = databaseTarget(server?.url, folder, { poolSize: AT_ONCE });
  const dataSource = await openDatabase(target);
  const { userId, conversations } = await aHistory(dataSource);
  const masks = new MasksRepository(dataSource, new MaskingKey({ DATA_DIR: folder }));
  // Nothing is judged here: what is asked comes as the rails let it pass.
  const guardrails = new Guardrails(undefined as never);
  const runs = new AcceptingRepository(dataSource, new ProcessId(), masks, guardrails);
  const queue = new DatabaseIngestQueue(new IngestJobsRepository(dataSource), 1);
  const lists = new ConversationsRepository(dataSource, new RemovalRepository(dataSource, queue));
  const works: Contestant['works'] = {
    accept: (caller) =>
      runs.newPost(
        {
          ...{ id: randomBytes(16).toString('hex'), userId, kind: 'ask', idempotencyKey: null },
          ...{ requestHash: 'hash', modelId: 'quotes', traceId: null },
          wishes: { web: null, knowledge: null, collectionIds: null },
          ...{ door: 'web', guarded, giveBack: () => Promise.resolve() },
        },
        conversations[caller] ?? 1,
        undefined,
      ),
    list: () => lists.findUnpinned(userId, undefined, undefined, PAGE),
  };
  return {
    ...{ engine, dataSource, works },
    rates: { accept: [], list: [] },
    async stop() {
      await dataSource.destroy();
      await server?.stop();
    },
  };
}

/** How often a second all callers together did it. */
async function rateOf(work: Work, seconds: number): Promise<number> {
  const from = performance.now();
  const until = from + seconds * 1000;
  let done = 0;
  const call = async (caller: number) => {
    while (performance.now() < until) {
      await work(caller);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, caller) => call(caller)));
  return (done * 1000) / (performance.now() - from);
}

const { folder, remove } = dataFolder();
const contestants: Contestant[] = [];
for (const engine of values.engine.split(',') as Engine[]) {
  contestants.push(await contestant(engine, folder));
}
for (const { works } of contestants) {
  for (const name of NAMES) await rateOf(works[name], 0.5); // Compiles statements and code.
}
// In turns, so that whatever else the machine does is shared by all.
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const { works, rates } of contestants) {
    for (const name of NAMES) rates[name].push(await rateOf(works[name], Number(values.seconds)));
  }
}
const rows = ['engine|a second: median|lowest|highest|: SQLite'.split('|')];
for (const name of NAMES) {
  rows.push([WORKS[name]]);
  const base = spreadOf(contestants[0]?.rates[name] ?? []).p50;
  for (const { engine, rates } of contestants) {
    const { p50, max } = spreadOf(rates[name]);
    const cells = [p50, Math.min(...rates[name]), max, p50 / base].map((value) => shown(value));
    rows.push([`  ${engine}`, ...cells]);
  }
}
printTable(
  `engines: ${String(AT_ONCE)} at once, ${values.rounds} rounds of ${values.seconds} s in turns`,
  rows,
);
await Promise.all(contestants.map((one) => one.stop()));
remove();
