import type { RailStage } from '#db';
import type { Finding, LocalRails, OutputContext } from '../../src/guardrails/rails/local-rails.js';

/** What a stream said of a text that came in these pieces. */
export interface Streamed {
  readonly findings: readonly Finding[];
  /** How much was held back after each piece, in units: found or not. */
  readonly held: readonly number[];
}

/**
 * Runs a text through a stream.
 * @throws where something is told out of order, too late, or twice.
 */
export function streamed(
  rails: LocalRails,
  pieces: readonly string[],
  stage: RailStage,
  context?: OutputContext,
): Streamed {
  const stream = rails.stream(stage, context);
  const findings: Finding[] = [];
  const held: number[] = [];
  let length = 0;
  let settled = 0;
  const take = (found: ReturnType<typeof stream.push>): void => {
    for (const finding of found.findings) {
      if (finding.start < settled)
        throw new Error(`told at ${settled}: ${JSON.stringify(finding)}`);
      join(findings, finding);
    }
    if (found.settled < settled || found.settled > length) throw new Error('settled goes astray');
    settled = found.settled;
  };
  for (const piece of pieces) {
    length += piece.length;
    take(stream.push(piece));
    held.push(length - settled);
  }
  take(stream.end());
  if (settled !== length) throw new Error('something was never settled');
  return { findings, held };
}

/** Puts what is told in parts together again. */
function join(findings: Finding[], { part, ...finding }: Finding): void {
  if (part === undefined || part === 'first') {
    findings.push(finding);
    return;
  }
  const at = findings.findLastIndex(({ rail, end }) => {
    return rail === finding.rail && end === finding.start;
  });
  const begun = findings[at];
  if (!begun) throw new Error('a part follows none');
  findings[at] = { ...begun, end: finding.end };
}

/** A text in two pieces, cut at each of its positions. */
export const cutAnywhere = (text: string): string[][] =>
  Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);

/** A text in pieces of one unit. */
export const unitByUnit = (text: string): string[] =>
  Array.from({ length: text.length }, (_, at) => text.charAt(at));

/** A text in pieces of chance, of 0 to 12 units; the same seed cuts the same. */
export function cutByChance(text: string, seed: number): string[] {
  const pieces: string[] = [];
  let state = seed;
  for (let at = 0; at < text.length;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const length = Math.floor((state / 2_147_483_648) * 13);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}
