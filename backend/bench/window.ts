// `npm run bench:window`: see README.md
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { printTable, shown, type Spread, spreadOf, verdict } from './harness/figures.ts';
import { built } from './harness/prosa.ts';

type ChooseRules = typeof import('../src/answering/window/choose-turns.rules.js');
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
