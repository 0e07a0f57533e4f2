import type { Language } from '../../platform/language.rules.js';
import { FENCE, plainMarkdown, readable } from './plain-markdown.rules.js';

/** One answerable piece of the documentation: a section, or part of a long one. */
export interface DocumentationPassage {
  /** File, from the package root: `docs/en/accounts.md`. */
  readonly document: string;
  readonly language: Language;
  /** First heading of the file. */
  readonly documentTitle: string;
  /** Heading of the section, without marks. */
  readonly heading: string;
  /** The heading as an address's fragment: `how-do-i-connect-ollama`. */
  readonly anchor: string;
  /**
   * Other words people use when they ask for this section, from an invisible line below its
   * heading: `[asked]: # 'bring back, undelete'`. Only searched, never shown.
   */
  readonly asked: string;
  /** Headings from the file's down to the section's, joined by ` › `. */
  readonly title: string;
  /** Markdown without anything active; blocks of code are whole. */
  readonly text: string;
}

/** Longest passage, in characters, unless one block of code alone is longer. */
export const PASSAGE_LENGTH = 1200;

/** The fragment GitHub gives a heading: lower case, no punctuation, spaces as hyphens. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

const ASKED = /^\[asked\]: # (["'])(.*)\1$/m;

interface Section {
  readonly path: readonly string[];
  readonly lines: string[];
}

const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;

function unmarked(heading: string): string {
  return plainMarkdown(heading).replace(/[*`]/g, '').trim();
}

function sectionsOf(markdown: string): Section[] {
  const sections: Section[] = [{ path: [], lines: [] }];
  let path: string[] = [];
  let inCode = false;
  for (const line of markdown.split('\n')) {
    if (FENCE.test(line)) inCode = !inCode;
    const heading = inCode ? null : HEADING.exec(line);
    if (heading?.[1] && heading[2]) {
      path = [...path.slice(0, heading[1].length - 1), unmarked(heading[2])];
      sections.push({ path, lines: [] });
    } else {
      sections.at(-1)?.lines.push(line);
    }
  }
  return sections;
}

/** Paragraphs, lists, tables and blocks of code, each whole. */
function blocksOf(lines: readonly string[]): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let inCode = false;
  for (const line of lines) {
    if (FENCE.test(line)) inCode = !inCode;
    if (inCode || line.trim() !== '') {
      block.push(line);
    } else if (block.length > 0) {
      blocks.push(block.join('\n'));
      block = [];
    }
  }
  if (block.length > 0) blocks.push(block.join('\n'));
  return blocks;
}

/** Joins neighbours as long as they stay within the length of a passage. */
function packed(pieces: readonly string[], separator: string, length: number): string[] {
  const out: string[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last !== undefined && last.length + separator.length + piece.length <= length) {
      out[out.length - 1] = last + separator + piece;
    } else {
      out.push(piece);
    }
  }
  return out;
}

function cutTable(block: string): string[] {
  const [header = '', rule = '', ...rows] = block.split('\n');
  const head = `${header}\n${rule}\n`;
  return packed(rows, '\n', PASSAGE_LENGTH - head.length).map((part) => head + part);
}

/** Cuts a block that is too long: tables between rows, text after a sentence, code never. */
function cutBlock(block: string): string[] {
  if (block.length <= PASSAGE_LENGTH || block.split('\n').some((line) => FENCE.test(line))) {
    return [block];
  }
  if (block.startsWith('|')) return cutTable(block);
  if (/^\s*(?:[-*]|\d+\.)\s/.test(block)) return packed(block.split('\n'), '\n', PASSAGE_LENGTH);
  return packed(block.split(/(?<=[.!?])\s+/), ' ', PASSAGE_LENGTH);
}

/**
 * Splits a document along its headings into passages of at most {@link PASSAGE_LENGTH}
 * characters.
 */
export function passagesOf(
  document: string,
  language: Language,
  markdown: string,
): DocumentationPassage[] {
  const sections = sectionsOf(readable(markdown));
  const documentTitle = sections.find((section) => section.path.length > 0)?.path[0] ?? document;
  return sections.flatMap(({ path, lines }) => {
    const asked = ASKED.exec(lines.join('\n'))?.[2] ?? '';
    const blocks = blocksOf(plainMarkdown(lines.join('\n')).split('\n')).flatMap(cutBlock);
    const heading = path.at(-1) ?? documentTitle;
    return packed(blocks, '\n\n', PASSAGE_LENGTH).map((text) => ({
      document,
      language,
      documentTitle,
      heading,
      anchor: anchorOf(heading),
      asked,
      title: path.length > 0 ? path.join(' › ') : documentTitle,
      text,
    }));
  });
}
