import { describe, expect, it } from '@jest/globals';
import type { Deed } from './deeds.js';
import type { Evidence } from './evidence.js';
import { breachesOf, INVARIANTS } from './invariants.js';
import { pieces } from './pieces.rules.js';
import type { ProviderCall } from './provider.js';
import type { PostRow, Rows, RunRow, UsageRow } from './rows.js';
import { ShownText } from './shown-text.js';

const WORDS = ['uma ', 'resposta ', 'de ', 'cinco ', 'palavras'];
const BODY = WORDS.join('');

const aDeed = (more: Partial<Deed> = {}): Deed => ({
  key: 'k1',
  kind: 'ask',
  question: 1,
  prompt: 'caso 1: o quê?',
  stored: 'caso 1: o quê?',
  path: '/api/posts',
  body: {},
  before: undefined,
  sends: 1,
  acceptedAt: 10,
  postId: 1,
  endedAs: 'done',
  ...more,
});
const aRun = (more: Partial<RunRow> = {}): RunRow => ({
  id: 'r1',
  postId: 1,
  kind: 'ask',
  key: 'k1',
  status: 'done',
  ...more,
});
const aPost = (more: Partial<PostRow> = {}): PostRow => ({
  id: 1,
  conversationId: 1,
  prompt: 'caso 1: o quê?',
  body: BODY,
  status: 'done',
  ...more,
});
const aCharge = (more: Partial<UsageRow> = {}): UsageRow => ({
  id: 1,
  runId: 'r1',
  postId: 1,
  purpose: 'answer',
  model: 'm',
  outcome: 'done',
  promptTokens: 100,
  completionTokens: 5,
  estimated: false,
  costNanoUsd: 110_000,
  priceSource: 'MODELS_FILE',
  isClosed: true,
  openedAt: 1000,
  ...more,
});
const aCall = (more: Partial<ProviderCall> = {}): ProviderCall => ({
  call: 1,
  n: 1,
  purpose: 'answer',
  model: 'm',
  promptTokens: 100,
  words: WORDS,
  carried: [0, 0],
  sent: 5,
  took: true,
  told: { promptTokens: 100, completionTokens: 5 },
  at: 1005,
  ...more,
});
const rows = (more: Partial<Rows> = {}): Rows => ({
  posts: [aPost()],
  runs: [aRun()],
  parts: [],
  conversations: [{ id: 1, leafPostId: 1 }],
  usage: [aCharge()],
  reservations: [],
  counters: [{ id: 'c', measure: 'tokens', used: 105, reserved: 0 }],
  ...more,
});
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  deeds: [aDeed()],
  losses: [],
  faults: [],
  texts: new Map([[1, BODY]]),
  rows: rows(),
  calls: [aCall()],
  kills: [{ n: 1, point: 'at token n', life: 0, at: 5000 }],
  commitMs: () => 20,
  recoveries: [{ kill: 1, runs: 3, tookMs: 7000 }],
  integrity: 'ok',
  complaints: [],
  searched: [{ place: 'log', size: 1, hits: [], isLegible: false }],
  memory: { before: 200 * 2 ** 20, after: 210 * 2 ** 20 },
  leftovers: [],
  prices: () => ({ input: 1, output: 2 }),
  ...more,
});
const aLoss = (seenAt: number, status = 'interrupted') =>
  evidence({ losses: [{ postId: 1, characters: 9, seenAt, life: 0, status }] });
const broken = (found: Evidence): string[] => [
  ...new Set(breachesOf(found, true).map((breach) => breach.split(':')[0] ?? '')),
];

/** What is wrong, and what complains of it. A new invariant is added here. */
const BROKEN: [string, string[], Evidence][] = [
  [
    'a prompt that was accepted and is gone',
    ['I1 lost', 'I5 ledger', 'I5 limits', 'I2 text differs', 'I3 open'],
    evidence({ rows: rows({ posts: [], runs: [], usage: [], conversations: [] }) }),
  ],
  ['a prompt under another post', ['I1 lost'], evidence({ deeds: [aDeed({ postId: 2 })] })],
  ['a prompt that changed', ['I1 lost'], evidence({ deeds: [aDeed({ stored: 'caso 1: outro' })] })],
  [
    'two runs of one key',
    ['I1 doubled'],
    evidence({ rows: rows({ runs: [aRun(), aRun({ id: 'r2', kind: 'continue' })] }) }),
  ],
  [
    'a run that nobody asked for',
    ['I1 doubled'],
    evidence({
      rows: rows({ runs: [aRun(), aRun({ id: 'r2', key: null, kind: 'continue' })] }),
    }),
  ],
  [
    'a post that no run made',
    ['I1 doubled'],
    evidence({ rows: rows({ posts: [aPost(), aPost({ id: 2, body: '', status: 'failed' })] }) }),
  ],
  [
    'a post that is open without a run',
    ['I1 half written'],
    evidence({ rows: rows({ posts: [aPost({ status: 'answering' })] }) }),
  ],
  ['checkpoints of an ended post', ['I1 half written'], evidence({ rows: rows({ parts: [1] }) })],
  [
    'a conversation without its last post',
    ['I1 half written'],
    evidence({ rows: rows({ conversations: [{ id: 1, leafPostId: 2 }] }) }),
  ],
  [
    'a deed that the server would not do',
    ['I1 refused'],
    evidence({ deeds: [aDeed({ refused: '409 {}' })] }),
  ],
  [
    'a blank answer',
    ['I1 refused', 'I2 text differs'],
    evidence({ rows: rows({ posts: [aPost({ body: '' })] }) }),
  ],
  ['text lost of an answer that is done', ['I2 text lost'], aLoss(4990, 'done')],
  ['a fault that was seen', ['I2 text false'], evidence({ faults: ['a hole'] })],
  [
    'text that its reader does not have',
    ['I2 text differs'],
    evidence({ texts: new Map([[1, BODY.slice(0, 5)]]) }),
  ],
  ['text that was never sent', ['I2 text invented'], evidence({ calls: [aCall({ sent: 4 })] })],
  [
    'text twice',
    ['I2 text invented'],
    evidence({
      rows: rows({ posts: [aPost({ body: `${BODY}${BODY}` })] }),
      texts: new Map([[1, `${BODY}${BODY}`]]),
    }),
  ],
  [
    'a recovery that took too long',
    ['I3 late'],
    evidence({ recoveries: [{ kill: 1, runs: 1, tookMs: 10_001 }] }),
  ],
  [
    'an end that was told otherwise',
    ['I3 open'],
    evidence({ deeds: [aDeed({ endedAs: 'interrupted' })] }),
  ],
  [
    'what stays reserved',
    ['I3 open'],
    evidence({
      rows: rows({ counters: [{ id: 'c', measure: 'tokens', used: 105, reserved: 9 }] }),
    }),
  ],
  [
    'two charges for one run',
    ['I4 charged twice', 'I5 ledger', 'I5 limits'],
    evidence({ rows: rows({ usage: [aCharge(), aCharge({ id: 2, openedAt: 2000 })] }) }),
  ],
  [
    'a call that the ledger does not know',
    ['I5 ledger'],
    evidence({ calls: [aCall(), aCall({ call: 2, n: 2 })] }),
  ],
  [
    'a charge that is wrong',
    ['I5 ledger', 'I5 limits'],
    evidence({ rows: rows({ usage: [aCharge({ completionTokens: 6 })] }) }),
  ],
  [
    'a prompt that should have been stopped',
    ['I1 lost'],
    evidence({ deeds: [aDeed({ stored: undefined })] }),
  ],
  [
    'blocked text in a log',
    ['I6 blocked text'],
    evidence({
      searched: [{ place: 'log', size: 1, hits: ['secret of an answer'], isLegible: false }],
    }),
  ],
  ['a file that is broken', ['I7 file'], evidence({ integrity: 'wrong # of entries' })],
  ['a complaint', ['I7 log'], evidence({ complaints: ['unhandled rejection'] })],
  [
    'memory that is kept',
    ['I7 leaks'],
    evidence({ memory: { before: 200 * 2 ** 20, after: 400 * 2 ** 20 } }),
  ],
  ['a process that is left', ['I7 leaks'], evidence({ leftovers: ['node main.js'] })],
];

describe(breachesOf.name, () => {
  it('should find nothing where all is well', () => {
    expect(breachesOf(evidence(), true)).toEqual([]);
  });

  it('should let go of the text of the last 250 ms and one commit', () => {
    expect(broken(aLoss(5000 - 300))).toEqual([]);
    expect(broken(aLoss(5000 - 350))).toEqual(['I2 text lost']);
  });

  it('should look only at what always holds while people ask', () => {
    const open = evidence({ rows: rows({ reservations: ['r1'] }) });
    expect(breachesOf(open, false)).toEqual([]);
    expect(broken(open)).toEqual(['I3 open']);
  });

  it.each(BROKEN)('should find %s', (_, names, found) => {
    expect(broken(found).sort()).toEqual([...names].sort());
  });

  it('should have been seen to complain of everything that must hold', () => {
    const seen = new Set(BROKEN.flatMap(([, names]) => names));
    expect([...seen].sort()).toEqual(INVARIANTS.map(({ name }) => name).sort());
  });
});

describe(pieces.name, () => {
  it('should cut a text into beginnings of what was sent, in order', () => {
    expect(pieces('abcxy', ['abcd', 'xyz'])).toEqual([3, 2]);
    expect(pieces('xy', ['abcd', 'xyz'])).toEqual([0, 2]);
    expect(pieces('', [])).toEqual([]);
  });

  it('should take less of one where the next begins alike', () => {
    expect(pieces('Resposta 2: b', ['Resposta 21: a', 'Resposta 2: b'])).toEqual([0, 13]);
  });

  it('should refuse what was not sent so', () => {
    expect(pieces('xyabc', ['abcd', 'xyz'])).toBeUndefined();
    expect(pieces('abcabc', ['abcd'])).toBeUndefined();
    expect(pieces('a', [])).toBeUndefined();
  });
});

describe(ShownText.name, () => {
  const shown = (): ShownText => {
    const text = new ShownText();
    text.connect(0);
    text.delta(0, 'abc', 1);
    text.delta(3, 'def', 2);
    return text;
  };

  it('should tell what is gone, and when its first character was seen', () => {
    const text = shown();
    text.replace('abcd');
    expect(text.settle('abcd')).toEqual({ loss: { characters: 2, seenAt: 2, life: 0 } });
    expect(text.shown).toBe('abcd');
  });

  it('should find a hole, other text, and a stream that ends otherwise', () => {
    expect(shown().delta(7, 'x', 3)).toMatch('a hole');
    expect(shown().delta(3, 'xyz', 3)).toMatch('differs');
    expect(shown().settle('abX')).toHaveProperty('fault');
    expect(shown().settle('abcdefg')).toHaveProperty('fault');
  });

  it('should not mind that a run joined again has nothing to tell', () => {
    const text = shown();
    text.connect(1, true);
    expect(text.settle('')).toEqual({ loss: { characters: 6, seenAt: 1, life: 0 } });
  });
});
