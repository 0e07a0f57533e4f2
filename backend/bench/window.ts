// `npm run bench:window`: see README.md
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { printTable, shown, type Spread, spreadOf, verdict } from './harness/figures.ts';
import { built, dataFolder } from './harness/prosa.ts';

type ChooseRules = typeof import('../src/answering/window/choose-turns.rules.js');
type Db = typeof import('#db');
type IdsRepository = typeof import('../src/posts/branch-ids.repository.js');
type Ids = typeof import('../src/answering/window/branch-ids.js');
type Branches = typeof import('../src/answering/window/branch.repository.js');
type Masks = typeof import('../src/answering/window/mask-turns.js');
type Read = typeof import('../src/answering/window/read-branch.js');
type Fill = typeof import('../src/answering/window/fill-window.js');
type TokenRules = typeof import('../src/llm/tokens.rules.js');

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '5000' },
    times: { type: 'string', default: '200' },
  },
});
const posts = Number(values.posts);
const times = Number(values.times);
const GOAL_MS = 3;
const LONG_TEXT = 200_000;

const { chooseTurns } = await built<ChooseRules>(
  'backend/src/answering/window/choose-turns.rules.js',
);
const { estimateTokens } = await built<TokenRules>('backend/src/llm/tokens.rules.js');

function measured(work: () => unknown): Spread {
  const samples: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    work();
    samples.push(performance.now() - from);
  }
  return spreadOf(samples);
}

const prose = 'A memória de uma conversa é o que nela se disse, e o que ainda cabe. '.repeat(12);
const turns = (answerTokens: number | null) =>
  Array.from({ length: posts }, (_, n) => ({
    postId: posts - n,
    prompt: 'E depois, o que se fez com o que sobrou da história?',
    answer: prose,
    answerTokens,
    state: 'complete' as const,
  }));
const choose = (room: number, answerTokens: number | null) => {
  const newest = turns(answerTokens);
  const ids = newest.map(({ postId }) => postId);
  const branch = {
    ids,
    freshStart: 0,
    newest,
    pinned: [],
    older: newest.slice(-16),
    summary: null,
  };
  return measured(() => chooseTurns(branch, room, 1));
};

const row = (what: string, { p50, p99, max }: Spread) => [what, shown(p50), shown(p99), shown(max)];
const counted = choose(32_000, 250);
printTable(`the choice of turns alone: ${String(posts)} posts, ${String(times)} times`, [
  'ms of event loop|p50|p99|max'.split('|'),
  row('window of 32,000 tokens, answers counted', counted),
  row('window of 32,000 tokens, answers estimated', choose(32_000, null)),
  row('window of 2,000,000 tokens, all fits', choose(2_000_000, 250)),
  row(
    `estimateTokens of ${String(LONG_TEXT)} characters`,
    measured(() => estimateTokens(prose.repeat(250).slice(0, LONG_TEXT))),
  ),
]);
console.log(`  choice p99 ms: ${verdict(counted.p99, GOAL_MS)}`);

/** Of the policy that is in force. */
const POLICY = 1;

/** A conversation of so many posts in a SQLite database, in the index of the search. */
async function aConversation(folder: string) {
  const { databaseTarget, openDatabase, indexEntry, User, Conversation, Post } =
    await built<Db>('db/src/index.js');
  const dataSource = await openDatabase(databaseTarget(`file:${folder}/prosa.db`, folder));
  const now = new Date();
  await dataSource.transaction(async (manager) => {
    await manager.insert(User, {
      username: 'ana',
      password: 'x',
      createdAt: now,
      role: 'member',
      mustChangePassword: false,
    });
    await manager.insert(Conversation, {
      ...{ userId: 1, status: 'online', createdAt: now, updatedAt: now },
      ...{ titleByPerson: false, channel: 'web' },
    });
    for (let id = 1; id <= posts; id += 1) {
      const prompt = `E depois, o que se fez com o item número${String(id)} da história?`;
      await manager.insert(Post, {
        ...{ id, prompt, body: prose, bodyTokens: 250, status: 'done', createdAt: now },
        ...{ conversationId: 1, parentId: id === 1 ? null : id - 1, policyId: POLICY },
      });
      const entry = { ownerId: 1, conversationId: 1, postId: id };
      await indexEntry(manager, { ...entry, text: `${prompt}\n${prose}` });
    }
  });
  return dataSource;
}

/** The whole step: what is read, chosen and made into messages; on an idle process. */
async function wholeStep(folder: string) {
  const dataSource = await aConversation(folder);
  const { BranchIdsRepository } = await built<IdsRepository>(
    'backend/src/posts/branch-ids.repository.js',
  );
  const { BranchIds } = await built<Ids>('backend/src/answering/window/branch-ids.js');
  const { BranchRepository } = await built<Branches>(
    'backend/src/answering/window/branch.repository.js',
  );
  const { ReadBranch } = await built<Read>('backend/src/answering/window/read-branch.js');
  const { FillWindow } = await built<Fill>('backend/src/answering/window/fill-window.js');
  const repository = new BranchRepository(dataSource);
  const { MaskTurns } = await built<Masks>('backend/src/answering/window/mask-turns.js');
  // The rails of this policy have seen every post: none is judged again.
  const unmasked = new MaskTurns({ policyId: POLICY } as never, undefined as never);
  const fill = async (room: number, ids = new BranchIds(new BranchIdsRepository(dataSource))) => {
    const window = new FillWindow(new ReadBranch(ids, repository, unmasked), repository);
    const prompt = 'O que se fez com o item número40 da história?' as never;
    const person = { role: 'member', door: 'web', language: 'pt-BR' } as const;
    const place = { conversationId: 1, parentId: posts, userId: 1, prompt, ...person };
    const from = performance.now();
    const before = performance.eventLoopUtilization();
    const filled = await window.fill(place, { room, factor: 1, system: prose });
    const { active } = performance.eventLoopUtilization(before);
    return { active, wall: performance.now() - from, filled };
  };
  const repeated = async (room: number, fresh: boolean) => {
    const ids = new BranchIds(new BranchIdsRepository(dataSource));
    const active: number[] = [];
    const wall: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const once = await (fresh ? fill(room) : fill(room, ids));
      active.push(once.active);
      wall.push(once.wall);
    }
    return { active: spreadOf(active.slice(5)), wall: spreadOf(wall.slice(5)) };
  };
  const kinds = [
    ['room for 8,000 tokens', 8000, false],
    ['room for 32,000 tokens', 32_000, false],
    ['the same, its ids not in memory', 32_000, true],
    ['room for 128,000 tokens', 128_000, false],
  ] as const;
  const found = new Map<string, { active: Spread; wall: Spread }>();
  for (const [what, room, fresh] of kinds) found.set(what, await repeated(room, fresh));
  await dataSource.destroy();
  return found;
}

const { folder, remove } = dataFolder();
const steps = await wholeStep(folder);
remove();
printTable(`the whole step on SQLite: ${String(posts)} posts, ${String(times)} times`, [
  'ms|loop p50|loop p99|wall p50|wall p99'.split('|'),
  ...[...steps].map(([what, { active, wall }]) => [
    what,
    ...[active.p50, active.p99, wall.p50, wall.p99].map((ms) => shown(ms)),
  ]),
]);
const usual = steps.get('room for 32,000 tokens')?.active.p50 ?? Infinity;
console.log(`  fit p50 ms of event loop: ${verdict(usual, GOAL_MS)}`);
