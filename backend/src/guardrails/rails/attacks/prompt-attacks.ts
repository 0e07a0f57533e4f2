import type { Finding } from '../local-rails.js';
import type { WholeTextJudge } from '../scanning-detector.js';
import { finished, type Steps } from '../steps.js';
import { decodedRuns } from './encoded.rules.js';
import { foldedText, type FoldedText, folding } from './folded-text.rules.js';
import { spelledText } from './spelled-words.rules.js';
import { mendedText } from './broken-words.rules.js';
import { lineLabels } from './line-labels.rules.js';
import { marksIn } from './markup.rules.js';
import { quotes } from './quoted-text.rules.js';
import { Signals, type Hit, type SignalRule } from './signals.rules.js';

/** Signals count together where they stand no further apart than this, in UTF-16 units. */
const WINDOW = 6000;

/** Rules that are not phrases; their names. */
export const OTHER_SIGNALS = [
  'markup',
  'encoded',
  'invisible',
  'mixed-script',
  'spelled-out',
  'weak-markup',
  'system-line',
  'dialogue',
] as const;
type OtherSignal = (typeof OTHER_SIGNALS)[number];

/** What the detector is made of. */
export interface AttackRules {
  /** Points from which on a text is an attack. */
  readonly threshold: number;
  readonly signals: readonly SignalRule[];
  /** Marks of chat templates, in lower case. */
  readonly markup: readonly string[];
  /** Marks that other kinds of text have as well. */
  readonly weakMarkup: readonly string[];
  readonly others: Readonly<Record<OtherSignal, number>>;
}

interface Scored {
  readonly rule: string;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
  /** What tells hits of one rule apart that weigh differently. */
  readonly key: string;
}

/**
 * Finds attempts to turn a model against its instructions. Judges a text as a whole, by how much
 * all that speaks for an attack weighs together: for prompts and passages, not for answers.
 */
export class PromptAttacks implements WholeTextJudge {
  private readonly signals: Signals;

  /** @param rules of a policy. */
  constructor(private readonly rules: AttackRules) {
    this.signals = new Signals(rules.signals);
  }

  /** What in a text is an attack; none where all that speaks for one is outweighed. Linear. */
  judge(text: string): readonly Finding[] {
    return finished(this.judging(text));
  }

  /** The same in steps. */
  judging(text: string): Steps<readonly Finding[]> {
    return new Judgement(text, this.rules, this.signals).findings();
  }
}

/** One reading of one text. */
class Judgement {
  constructor(
    private readonly text: string,
    private readonly rules: AttackRules,
    private readonly signals: Signals,
  ) {}

  *findings(): Steps<Finding[]> {
    const hits = yield* this.hits();
    const needed = this.rules.threshold - mitigation(hits);
    const findings: Finding[] = [];
    const open: Scored[] = [];
    const counts = new Map<string, number>();
    let first = 0;
    let score = 0;
    for (const hit of hits) {
      if (hit.weight <= 0) continue;
      while (first < open.length && (open[first]?.start ?? 0) < hit.end - WINDOW) {
        score -= leave(counts, open[first]);
        first += 1;
      }
      open.push(hit);
      score += enter(counts, hit);
      if (score < needed) continue;
      findings.push(asFinding(open.slice(first)));
      first = open.length;
      counts.clear();
      score = 0;
    }
    return findings;
  }

  private *hits(): Steps<Scored[]> {
    const { rules } = this;
    const folded = yield* folding(this.text);
    const phrases = (yield* this.signals.finding(folded)).map((hit) => this.scored(hit));
    const marks = [...this.markup(), ...this.labels()];
    yield;
    const told = lessWhereQuoted([...phrases, ...marks], this.text);
    yield;
    const spelled = [...(yield* this.spelledOut(folded)), ...(yield* this.inBrokenWords())];
    const all = [
      ...told,
      ...this.encoded(),
      ...this.other('invisible', folded.invisible >= LEAST_INVISIBLE),
      ...this.other('mixed-script', folded.mixed >= LEAST_MIXED),
      ...spelled,
    ].filter(({ weight }) => weight !== 0 && rules.threshold > 0);
    return all.sort((a, b) => a.end - b.end || a.start - b.start);
  }

  private scored({ signal, start, end }: Hit): Scored {
    const { id = '', weight = 0 } = this.rules.signals[signal] ?? {};
    return { rule: id, weight, start, end, key: id };
  }

  private other(rule: OtherSignal, isThere: boolean): Scored[] {
    return isThere ? [this.placed(rule, { start: 0, end: this.text.length })] : [];
  }

  private placed(rule: OtherSignal, { start, end }: Place): Scored {
    return { rule, weight: this.rules.others[rule], start, end, key: rule };
  }

  /**
   * Signals in words that are written letter by letter. Letters that stand alone are no sign by
   * themselves: tables, formulas, chords and answers to tests are full of them.
   */
  private *spelledOut(folded: FoldedText): Steps<Scored[]> {
    const spelled = spelledText(folded, this.signals.wordsAt);
    if (!spelled) return [];
    yield;
    const hits = (yield* this.signals.finding(spelled.folded)).map((hit) => this.scored(hit));
    return this.hiddenIn(hits, spelled.rows);
  }

  /** Signals in words that hyphens or dots break, which nobody does by chance. */
  private *inBrokenWords(): Steps<Scored[]> {
    const mended = mendedText(this.text);
    if (!mended) return [];
    yield;
    const folded = yield* folding(mended.text);
    const hits = (yield* this.signals.finding(folded)).map((hit) => this.scored(hit));
    return this.hiddenIn(hits, mended.words);
  }

  private hiddenIn(hits: readonly Scored[], places: readonly Place[]): Scored[] {
    const hidden = overlapping(hits, places);
    const [first] = hidden.filter(({ weight }) => weight >= LEAST_SPELLED_OUT);
    if (!first) return [];
    return [...hidden, this.placed('spelled-out', first)];
  }

  private markup(): Scored[] {
    const { markup, weakMarkup } = this.rules;
    const marks = (list: readonly string[], rule: OtherSignal): Scored[] =>
      marksIn(this.text, list).map((mark) => {
        const hit = this.placed(rule, mark);
        return mark.opensTurn ? hit : lessened(hit);
      });
    return [...marks(markup, 'markup'), ...marks(weakMarkup, 'weak-markup')];
  }

  /** Lines that say that the system speaks, and answers that the text makes up. */
  private labels(): Scored[] {
    const labels = lineLabels(this.text);
    const system = labels.filter(({ speaker }) => speaker === 'system');
    const answers = labels.filter(({ speaker }) => speaker === 'assistant');
    return [
      ...system.map((label) => this.placed('system-line', label)),
      ...(answers.length >= LEAST_ANSWERS
        ? answers.map((one) => this.placed('dialogue', one))
        : []),
    ];
  }

  /** Signals in what runs of Base64 and the like say: who hides an instruction means harm. */
  private encoded(): Scored[] {
    const { encoded } = this.rules.others;
    return decodedRuns(this.text).flatMap(({ start, end, text }) => {
      const weights = this.signals.hits(foldedText(text)).map((hit) => this.scored(hit).weight);
      const best = Math.max(0, ...weights);
      const weight = encoded + best;
      return best > 0 ? [{ rule: 'encoded', weight, start, end, key: 'encoded' }] : [];
    });
  }
}

/** So many characters that are not seen, or words of mixed letters, are no accident. */
const LEAST_INVISIBLE = 4;
const LEAST_MIXED = 2;
/** One answer may be an example; more of them show the model what it is to say next. */
const LEAST_ANSWERS = 2;

/** A signal of fewer points comes about by chance among letters that stand alone. */
const LEAST_SPELLED_OUT = 5;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Those hits that overlap one of some rows, which are in order and apart. */
function overlapping(hits: readonly Scored[], rows: readonly Place[]): Scored[] {
  const ends = rows.map(({ end }) => end);
  return hits.filter(({ start, end }) => {
    const row = rows[firstAbove(ends, start)];
    return row !== undefined && row.start < end;
  });
}

/** Where in sorted numbers the first one stands that is larger. */
function firstAbove(sorted: readonly number[], bound: number): number {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Most points that what speaks for a harmless text takes away. */
const MOST_MITIGATION = -8;

const enter = (counts: Map<string, number>, { key, weight }: Scored): number => {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count === 1 ? weight : 0;
};

const leave = (counts: Map<string, number>, hit: Scored | undefined): number => {
  if (!hit) return 0;
  const count = (counts.get(hit.key) ?? 1) - 1;
  counts.set(hit.key, count);
  return count === 0 ? hit.weight : 0;
};

/** What speaks for a harmless text, each rule once; never so much that a plain attack is let by. */
function mitigation(hits: readonly Scored[]): number {
  const points = new Map<string, number>();
  for (const { rule, weight } of hits) if (weight < 0) points.set(rule, weight);
  const sum = [...points.values()].reduce((all, weight) => all + weight, 0);
  return Math.max(MOST_MITIGATION, sum);
}

/** Which part of its points a hit keeps that is talked about rather than said. */
const TALKED_ABOUT = 0.4;

const lessened = (hit: Scored): Scored => ({
  ...hit,
  weight: Math.trunc(hit.weight * TALKED_ABOUT),
  key: `${hit.key}, talked about`,
});

/** Hits within quotations count less. */
function lessWhereQuoted(hits: readonly Scored[], text: string): Scored[] {
  if (hits.length === 0) return [];
  const quoted = quotes(text);
  const starts = quoted.map(({ end }) => end);
  return hits.map((hit) => {
    const quote = quoted[firstAbove(starts, hit.start)];
    const isQuoted = quote !== undefined && quote.start <= hit.start && hit.end <= quote.end;
    return isQuoted && hit.weight > 0 ? lessened(hit) : hit;
  });
}

function asFinding(hits: readonly Scored[]): Finding {
  const strongest = hits.reduce((best, hit) => (hit.weight > best.weight ? hit : best));
  const start = Math.min(...hits.map((hit) => hit.start));
  const end = Math.max(...hits.map((hit) => hit.end));
  return { rail: 'prompt-attacks', rule: strongest.rule, start, end };
}
