// `npm run bench:guardrails`: see README.md
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { printTable, shown, type Spread, spreadOf, verdict } from './harness/figures.ts';
import { built } from './harness/prosa.ts';

type RailFiles = typeof import('../src/guardrails/rails/rail-files.js');
type LocalRails = ReturnType<RailFiles['compileRails']>;

const { values } = parseArgs({
  options: { times: { type: 'string', default: '200' }, rules: { type: 'string', default: '200' } },
});
const times = Number(values.times);
const GOAL_PROSE_MS = 1;
const GOAL_HOSTILE_MS = 50;
const GOAL_CHUNK_MS = 0.05;
const PROSE_LENGTH = 4096;
const HOSTILE_LENGTH = 100_000;
/** Units of a chunk, as models send them: a word or a part of one. */
const CHUNK_LENGTH = 5;

const { compileRails, RAIL_FILES } = await built<RailFiles>(
  'backend/src/guardrails/rails/rail-files.js',
);

/** Patterns of an administrator, each of its own. */
const patterns = Array.from({ length: Number(values.rules) }, (_, n) => ({
  name: `rule-${n}`,
  pattern: [
    `\\bCT-${n}\\d{2}/\\d{4,8}\\b`,
    `projeto\\s+(aurora|boreal|c[oó]dice)${n}`,
    `(ref|proc)\\.?\\s*n?[ºo]?\\s*${n}[A-Z]{2}\\d+`,
    `[A-Z]{3}${n}-[a-z0-9]{8,20}`,
  ][n % 4],
  stages: { input: 'flag', retrieved: 'flag', output: 'flag' },
}));

function railsOf(own: readonly object[]): LocalRails {
  const parsed = RAIL_FILES.map(({ path, schema }): [string, unknown] => {
    const text = readFileSync(new URL(`../rails/${path}`, import.meta.url), 'utf8');
    const file = parse(text) as Record<string, unknown>;
    return [path, schema.parse('patterns' in file ? { ...file, patterns: own } : file)];
  });
  return compileRails(Object.fromEntries(parsed));
}

const rails = railsOf(patterns);
const CONTEXT = {
  canary: 'vermelho7319quartzo',
  systemPrompt: 'You are a helpful assistant for a team. Answer in the language of the question.',
  hosts: new Set(['docs.example']),
};

const SENTENCE =
  'A disputa pelo computador do analista terminou: em 2024, 37 pessoas (12 % da equipe) leram ' +
  'o [manual](https://docs.example/guia/inicio) e nenhuma achou o que procurava; veja a nota [3]. ';
const prose = SENTENCE.repeat(40).slice(0, PROSE_LENGTH);

const HOSTILE: readonly string[] = [
  ...['a', '1', ' ', '[', '(', '<', '![', '](', ']:', '<a ', 'http://', 'www.', '@', '.', 'é'],
  ...['a.', 'm e ', '1-', '\u200b', '((((', 'p u t a ', 'filho da ', 'AKIA', 'ey', '😀', '="<a '],
];

/**
 * CPU time of this thread, in milliseconds: other processes on the machine are not in it. It may
 * tick in steps of 4 ms, so it is taken of many rounds, or of long ones.
 */
function cpuNow(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** How long a work takes on the clock, and of that its CPU time on average. */
function timed(work: () => unknown): Spread & { readonly cpu: number } {
  for (let n = 0; n < 20; n += 1) work();
  const samples: number[] = [];
  const start = cpuNow();
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    work();
    samples.push(performance.now() - from);
  }
  return { ...spreadOf(samples), cpu: (cpuNow() - start) / times };
}

/** What most programs do: one pattern after the other over the whole text. */
const NAIVE = patterns.map(({ pattern }) => new RegExp(pattern ?? '', 'giu'));
const naive = timed(() => NAIVE.map((one) => prose.match(one)));
const json = timed(() => JSON.parse(JSON.stringify([prose])));

const row = (name: string, spread: ReturnType<typeof timed>, goal?: number): string[] => [
  name,
  shown(spread.p50, 'ms'),
  shown(spread.p99, 'ms'),
  shown(spread.cpu, 'ms'),
  `${(spread.cpu / naive.cpu).toFixed(2)} ×`,
  goal === undefined ? '' : verdict(spread.cpu, goal),
];

const stages = ['input', 'retrieved', 'output'] as const;
const terms = rails.counts['blocked-terms'];
printTable(`Local rails, 4 KB of prose, ${terms} terms, ${values.rules} patterns`, [
  ['what', 'p50', 'p99', 'CPU', 'to naive', ''],
  ...stages.map((stage) => {
    return row(
      stage,
      timed(() => rails.find(prose, stage, CONTEXT)),
      GOAL_PROSE_MS,
    );
  }),
  row('baseline: a loop of RegExp', naive),
  row('baseline: JSON and back', json),
]);

/** Time of the first reading: nobody reads a hostile text twice. */
function hostile(part: string): { name: string; ms: number[] } {
  const text = part.repeat(Math.ceil(HOSTILE_LENGTH / part.length)).slice(0, HOSTILE_LENGTH);
  const ms = stages.map((stage) => {
    const from = cpuNow();
    rails.find(text, stage, CONTEXT);
    return cpuNow() - from;
  });
  return { name: JSON.stringify(part), ms };
}

printTable('100 KB of one thing, first reading', [
  ['repeated', ...stages, `goal ${GOAL_HOSTILE_MS} ms`],
  ...HOSTILE.map(hostile).map(({ name, ms }) => [
    name,
    ...ms.map((one) => shown(one, 'ms')),
    verdict(Math.max(...ms), GOAL_HOSTILE_MS),
  ]),
]);

/** What models stream. */
const STREAMED = {
  prose,
  'a table of numbers': '| 1204 | 37 | 9.981 | 12 % |\n'.repeat(140).slice(0, PROSE_LENGTH),
  'a row of numbers': Array.from({ length: 1100 }, (_, n) => n * 7).join(' '),
};

/** Streams a text in chunks: time of each, and how much was held back after it. */
function streamed(text: string): { ms: number[]; held: number[] } {
  const stream = rails.stream('output', CONTEXT);
  const ms: number[] = [];
  const held: number[] = [];
  for (let at = 0; at < text.length; at += CHUNK_LENGTH) {
    const from = performance.now();
    const { settled } = stream.push(text.slice(at, at + CHUNK_LENGTH));
    ms.push(performance.now() - from);
    held.push((Math.min(at + CHUNK_LENGTH, text.length) - settled) / CHUNK_LENGTH);
  }
  stream.end();
  return { ms, held };
}

function streamedRow([name, text]: [string, string]): string[] {
  for (let n = 0; n < 20; n += 1) streamed(text);
  const runs = Array.from({ length: Math.max(1, Math.ceil(times / 20)) }, () => streamed(text));
  const all = runs.flatMap(({ ms }) => ms);
  const { p50, p99 } = spreadOf(all);
  const mean = all.reduce((sum, ms) => sum + ms, 0) / all.length;
  const held = spreadOf(runs.flatMap((run) => run.held));
  return [
    ...[name, shown(p50, 'ms'), shown(mean, 'ms'), shown(p99, 'ms')],
    ...[verdict(mean, GOAL_CHUNK_MS), shown(held.p50), shown(held.p99), verdict(held.p50, 1)],
  ];
}

printTable(`Streaming, chunks of ${CHUNK_LENGTH} characters`, [
  ['what', 'p50', 'mean', 'p99', 'goal of the mean', 'held back p50', 'p99', 'in chunks'],
  ...Object.entries(STREAMED).map(streamedRow),
]);
