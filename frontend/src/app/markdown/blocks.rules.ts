import { Lexer, Marked, type Token, type Tokens, type TokensList } from 'marked';
import { harmlessMarkup } from './harmless-markup';

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
  /** Nothing will follow `source`: every block is final. */
  readonly done: boolean;
}

export const NO_BLOCKS: BlockState = { blocks: [], source: '', stable: 0, links: {}, done: false };

const marked = new Marked({ gfm: true }, harmlessMarkup);

/**
 * Advances the blocks to `source`. While text grows, only what follows the last final block is
 * parsed again; a text that does not continue the last one starts from nothing. The last block
 * stays open until `done`, since the next characters may still change what it is.
 */
export function advance(previous: BlockState, source: string, done: boolean): BlockState {
  const base = source.startsWith(previous.source.slice(0, previous.stable)) ? previous : NO_BLOCKS;
  const tokens = lex(source.slice(base.stable), base.links);
  const firstOpen = done ? tokens.length : Math.max(0, tokens.findLastIndex(isNotSpace));
  const blocks = base.blocks.filter((block) => block.final);
  const links = { ...base.links };
  let { stable } = base;
  for (const token of tokens.slice(0, firstOpen)) {
    stable += token.raw.length;
    if (speaks(token)) blocks.push(toBlock(token, tokens.links, blocks.length, true));
    if (token.type === 'def') define(token as Tokens.Def, links);
  }
  const open = tokens.slice(firstOpen).find(speaks);
  if (open) blocks.push(toBlock(open, tokens.links, blocks.length, false));
  return { blocks, source, stable, links, done };
}

/**
 * Advances the blocks towards `text` by about that many characters, so that a long one does not have
 * to be read at once.
 * @param done whether `text` is all there will be.
 */
export function advanceTowards(
  previous: BlockState,
  text: string,
  done: boolean,
  characters: number,
): BlockState {
  const goesOn = text.startsWith(previous.source);
  // The open block is parsed again as a whole: by doubling, that stays in proportion to its length.
  const open = previous.source.length - previous.stable;
  const from = goesOn ? previous.source.length : Math.min(previous.stable, text.length);
  const far = Math.min(text.length, from + Math.max(characters, goesOn ? open : 0));
  const end = far < text.length ? borderBefore(text, far, from) : far;
  return advance(previous, text.slice(0, end), done && end === text.length);
}

/** Where a block may end, so that it is not made twice; `far` where none ends after `from`. */
function borderBefore(text: string, far: number, from: number): number {
  const border = text.lastIndexOf('\n\n', far - 2);
  return border > from ? border + 2 : far;
}

/** Whether the blocks show all of `text`. */
export function isReached(state: BlockState, text: string, done: boolean): boolean {
  return state.source === text && state.done === done;
}

const isNotSpace = (token: Token): boolean => token.type !== 'space';
const speaks = (token: Token): boolean => isNotSpace(token) && token.type !== 'def';

/** Parses text that may use link definitions from before it. */
function lex(text: string, known: TokensList['links']): TokensList {
  const lexer = new Lexer(marked.defaults);
  Object.assign(lexer.tokens.links, known);
  return lexer.lex(text);
}

/** Keeps a finished definition; as in CommonMark, the first one of a name holds. */
function define({ tag, href, title }: Tokens.Def, links: TokensList['links']): void {
  links[tag] ??= { href, title };
}

function toBlock(token: Token, links: TokensList['links'], id: number, final: boolean): Block {
  if (token.type === 'code') {
    const { lang, text } = token as { lang?: string; text: string };
    return { kind: 'code', id, final, language: lang?.split(/\s/)[0] ?? '', code: text };
  }
  const untrusted = marked.parser(Object.assign([token], { links }));
  return { kind: token.type === 'table' ? 'table' : 'markup', id, final, untrusted };
}
