import { Marked, type Token, type TokensList } from 'marked';
import { harmlessImages } from './harmless-images';

interface BlockBase {
  readonly id: number;
  /** A final block is never rendered again. */
  readonly final: boolean;
}

/** Markup made from a model's text. It is NOT safe: only `sanitize` may read `untrusted`. */
export interface MarkupBlock extends BlockBase {
  readonly kind: 'markup' | 'table';
  readonly untrusted: string;
}

/** A fenced or indented piece of code, shown as text. */
export interface CodeBlock extends BlockBase {
  readonly kind: 'code';
  readonly language: string;
  readonly code: string;
}

/** One top-level block of an answer. */
export type Block = MarkupBlock | CodeBlock;

export interface BlockState {
  readonly blocks: readonly Block[];
  readonly source: string;
  /** Everything before this offset is in final blocks. */
  readonly stable: number;
  /** Link definitions met so far. */
  readonly links: TokensList['links'];
}

export const NO_BLOCKS: BlockState = { blocks: [], source: '', stable: 0, links: {} };

const marked = new Marked({ gfm: true }, harmlessImages);

/**
 * Advances the blocks to `source`. While text grows, only what follows the last final block is
 * parsed again; a text that does not continue the last one starts from nothing. The last block
 * stays open until `done`, since the next characters may still change what it is.
 */
export function advance(previous: BlockState, source: string, done: boolean): BlockState {
  const base = source.startsWith(previous.source.slice(0, previous.stable)) ? previous : NO_BLOCKS;
  const tokens = marked.lexer(source.slice(base.stable));
  const links = { ...base.links, ...tokens.links };
  const firstOpen = done ? tokens.length : lastSpeaking(tokens);
  const blocks = base.blocks.filter((block) => block.final);
  let { stable } = base;
  for (const token of tokens.slice(0, firstOpen)) {
    stable += token.raw.length;
    if (speaks(token)) blocks.push(toBlock(token, links, blocks.length, true));
  }
  const open = tokens.slice(firstOpen).find(speaks);
  if (open) blocks.push(toBlock(open, links, blocks.length, false));
  return { blocks, source, stable, links };
}

const speaks = (token: Token): boolean => token.type !== 'space' && token.type !== 'def';

/** Index of the last token that shows something; 0 when none does. */
function lastSpeaking(tokens: readonly Token[]): number {
  return Math.max(0, tokens.findLastIndex(speaks));
}

function toBlock(token: Token, links: TokensList['links'], id: number, final: boolean): Block {
  if (token.type === 'code') {
    const { lang, text } = token as { lang?: string; text: string };
    return { kind: 'code', id, final, language: lang?.split(/\s/)[0] ?? '', code: text };
  }
  const untrusted = marked.parser(Object.assign([token], { links }));
  return { kind: token.type === 'table' ? 'table' : 'markup', id, final, untrusted };
}
