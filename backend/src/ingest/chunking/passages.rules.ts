import type { Block } from '../parsing/block.js';

/** A passage of a document before it is stored. */
export interface Passage {
  readonly page: number | null;
  /** The headings that all of it stands under, outermost first, joined by ` › `. */
  readonly heading: string;
  readonly text: string;
}

/** Lengths in UTF-16 units. */
export const PASSAGE = {
  /** What passages are made to be about. */
  usual: 1000,
  most: 1200,
  /** Sections that together are no longer share a passage. */
  together: 600,
  /** A section that is shorter than this, a heading alone say, goes with the next one. */
  tiny: 150,
  /** A paragraph that is shorter than this is not divided. */
  paragraph: 350,
  heading: 500,
} as const;

/** What a passage may be put together from: a sentence, or a short paragraph. */
interface Unit {
  readonly text: string;
  readonly headings: readonly string[];
  readonly beginsBlock: boolean;
}

const sentences = new Intl.Segmenter('pt', { granularity: 'sentence' });
const words = new Intl.Segmenter('pt', { granularity: 'word' });

/** What stands behind a block: rows of a table stand close together. */
const textOf = ({ text, row }: Block): string => `${text}${row ? '\n' : '\n\n'}`;

/** The whole text that passages are cut from. */
export const wholeText = (blocks: readonly Block[]): string => blocks.map(textOf).join('');

/** Whether no passage may hold both: another page, another top heading, or a block that stands alone. */
export const isApart = (before: Block, block: Block): boolean =>
  before.page !== block.page ||
  before.headings[0] !== block.headings[0] ||
  before.alone === true ||
  block.alone === true;

/**
 * Cuts blocks of one page and one top heading into passages: along their sections, then evenly at
 * sentences. Joined in order they are {@link wholeText}.
 */
export function passagesOf(blocks: readonly Block[]): Passage[] {
  return sectionsOf(blocks).flatMap((section) => {
    const units = section.flatMap(unitsOf);
    const page = section[0]?.page ?? null;
    return evenly(units).map((part) => ({
      page,
      heading: headingOf(part),
      text: part.map(({ text }) => text).join(''),
    }));
  });
}

/** Blocks under the same headings; short ones share a section with the next. */
function sectionsOf(blocks: readonly Block[]): Block[][] {
  const runs: { blocks: Block[]; path: string; length: number }[] = [];
  for (const block of blocks) {
    const path = block.headings.join('\n');
    const last = runs.at(-1);
    const length = textOf(block).length;
    if (last?.path === path) {
      last.blocks.push(block);
      last.length += length;
    } else runs.push({ blocks: [block], path, length });
  }
  const sections: { blocks: Block[]; length: number }[] = [];
  for (const run of runs) {
    const last = sections.at(-1);
    const joins =
      last && (last.length < PASSAGE.tiny || last.length + run.length <= PASSAGE.together);
    if (joins) {
      last.blocks.push(...run.blocks);
      last.length += run.length;
    } else sections.push(run);
  }
  return sections.map(({ blocks: section }) => section);
}

function unitsOf(block: Block): Unit[] {
  const text = textOf(block);
  const parts =
    text.length <= PASSAGE.paragraph
      ? [text]
      : withTheirSpace([...sentences.segment(text)].map(({ segment }) => segment)).flatMap(atWords);
  return parts.map((part, index) => ({
    text: part,
    headings: block.headings,
    beginsBlock: index === 0,
  }));
}

/** White space that was taken for a sentence belongs to the one before. */
function withTheirSpace(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const part of parts) {
    if (part.trim() === '' && joined.length > 0) joined[joined.length - 1] += part;
    else joined.push(part);
  }
  return joined;
}

/** A sentence that is too long for a passage, in pieces that are not. */
function atWords(sentence: string): string[] {
  if (sentence.length <= PASSAGE.usual) return [sentence];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of words.segment(sentence)) {
    for (const part of segment.length > PASSAGE.usual ? cut(segment) : [segment]) {
      if (piece.length + part.length > PASSAGE.usual) {
        pieces.push(piece);
        piece = '';
      }
      piece += part;
    }
  }
  return withTheirSpace([...pieces, piece].filter((part) => part !== ''));
}

/** A word of a thousand letters, between its characters. */
function cut(word: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < word.length;) {
    const end = at + PASSAGE.usual;
    const unit = word.charCodeAt(end);
    const whole = unit >= 0xdc00 && unit < 0xe000 ? end - 1 : end;
    pieces.push(word.slice(at, whole));
    at = whole;
  }
  return pieces;
}

/** Shares units out to passages of about the same length, rather at the beginning of a paragraph. */
function evenly(units: readonly Unit[]): Unit[][] {
  const length = units.reduce((sum, { text }) => sum + text.length, 0);
  const goal = length / Math.max(1, Math.ceil(length / PASSAGE.usual));
  const parts: Unit[][] = [];
  let part: Unit[] = [];
  let taken = 0;
  let before = 0;
  for (const unit of units) {
    const end = goal * (parts.length + 1);
    const isFull =
      taken + unit.text.length > PASSAGE.most ||
      before + unit.text.length / 2 > end ||
      (unit.beginsBlock && before > end - goal * 0.2);
    if (isFull && part.length > 0) {
      parts.push(part);
      part = [];
      taken = 0;
    }
    part.push(unit);
    taken += unit.text.length;
    before += unit.text.length;
  }
  return part.length > 0 ? [...parts, part] : parts;
}

/** The headings that all units have in common. */
function headingOf(units: readonly Unit[]): string {
  let common = units[0]?.headings ?? [];
  for (const { headings } of units) {
    const end = common.findIndex((heading, index) => headings[index] !== heading);
    if (end >= 0) common = common.slice(0, end);
  }
  return common.join(' › ').slice(0, PASSAGE.heading).toWellFormed();
}
