import { fold } from '#db';

/** Longest name of a command, in UTF-16 units. */
export const LONGEST_NAME = 32;

/** Longest folded name: folding takes letters of some scripts apart. */
const LONGEST_WORD = 64;

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*$/u;

/** A slash and a name, then nothing or what the command is to work on. A path is not one. */
const CALL = /^\/([\p{L}\p{N}][\p{L}\p{N}\p{M}-]*)(?:\s([\s\S]*))?$/u;

/** `{{what stands here}}`, on one line. */
const VARIABLE = /\{\{([^{}\n]{1,60})\}\}/g;

/** `name: value`, as the values of several variables are given. */
const NAMED_LINE = /^([^:]{1,60}):(.*)$/;

/** A prompt that calls a command. */
export interface CommandCall {
  /** The name without case and accents. */
  readonly word: string;
  /** What stands after the name, trimmed. */
  readonly rest: string;
}

/** What a command asks. */
export interface Callable {
  readonly text: string;
  /** What its first variable holds where nothing stands after the name. */
  readonly withoutRest: string;
}

/** A name as it is looked for: `Código` is `codigo`. */
export const wordOf = (name: string): string => fold(name);

/** Whether a command may be called that: letters, digits and hyphens, none of them first a hyphen. */
export function isCommandName(name: string): boolean {
  const word = wordOf(name);
  return (
    name.length <= LONGEST_NAME && word.length <= LONGEST_WORD && NAME.test(name) && NAME.test(word)
  );
}

/** The command that a prompt calls, whether or not there is one of that name; null: none. */
export function commandCall(prompt: string): CommandCall | null {
  const [, name, rest = ''] = CALL.exec(prompt) ?? [];
  return name !== undefined && name.length <= LONGEST_NAME
    ? { word: wordOf(name), rest: rest.trim() }
    : null;
}

/** A prompt that only looks like a call, written with a second slash, as it is meant; else null. */
export function unescaped(prompt: string): string | null {
  const meant = prompt.startsWith('//') ? prompt.slice(1) : null;
  return meant !== null && commandCall(meant) ? meant : null;
}

/** The variables of a text, each once, as they are first written. Case and accents do not count. */
export function variablesOf(text: string): string[] {
  const names = new Map<string, string>();
  for (const [, inside = ''] of text.matchAll(VARIABLE)) {
    const name = variableName(inside);
    if (name !== null && !names.has(fold(name))) names.set(fold(name), name);
  }
  return [...names.values()];
}

/**
 * What the model is asked: the text of the command with what stands after its name in the places of
 * its variables, or below it where it has none. A value is never read for variables itself.
 */
export const expandCommand = (command: Callable, rest: string): string =>
  piecesOf(command, rest).join('');

/**
 * How long that would be, in UTF-16 units. To be asked first: a value may stand in a thousand places,
 * and a text of hundreds of megabytes would hold up everybody before it is refused.
 */
export const expandedLength = (command: Callable, rest: string): number =>
  piecesOf(command, rest).reduce((sum, { length }) => sum + length, 0);

/**
 * What is looked for where an answer stands on sources: what a person wrote after a command's name,
 * not the command's own words; those only where nothing stands there.
 */
export function searchedFor(typed: string, asked: string): string {
  const rest = typed === asked ? '' : (commandCall(typed)?.rest ?? '');
  return rest === '' ? asked : rest;
}

function variableName(inside: string): string | null {
  const name = inside.trim();
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
}

/** The command's own text, and in the places of its variables what they stand for. */
function piecesOf({ text, withoutRest }: Callable, rest: string): string[] {
  const variables = variablesOf(text);
  if (variables.length === 0) return rest === '' ? [text] : [text, '\n\n', rest];
  const values = valuesOf(variables, rest === '' ? withoutRest : rest);
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: whole, 1: inside = '', index } of text.matchAll(VARIABLE)) {
    const name = variableName(inside);
    if (name === null) continue;
    pieces.push(text.slice(from, index), values.get(fold(name)) ?? '');
    from = index + whole.length;
  }
  return [...pieces, text.slice(from)];
}

/** One variable takes all; several take `name: value` lines, or a line each and the last the rest. */
function valuesOf(variables: readonly string[], rest: string): Map<string, string> {
  const words = variables.map(fold);
  const [only, ...others] = words;
  if (only === undefined || others.length === 0) return new Map([[only ?? '', rest]]);
  return namedValues(words, rest) ?? valuesByLine(words, rest);
}

/** Lines without a name go on with the value before. @returns null unless the first has a name. */
function namedValues(words: readonly string[], rest: string): Map<string, string> | null {
  const known = new Set(words);
  const values = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of rest.split('\n')) {
    const [, name = '', value = ''] = NAMED_LINE.exec(line) ?? [];
    const word = fold(name.trim());
    if (known.has(word)) {
      current = [value.trimStart()];
      values.set(word, current);
    } else if (current === undefined) {
      return null;
    } else {
      current.push(line);
    }
  }
  return new Map([...values].map(([word, lines]) => [word, lines.join('\n').trimEnd()]));
}

function valuesByLine(words: readonly string[], rest: string): Map<string, string> {
  const lines = rest.split('\n');
  const last = words.length - 1;
  return new Map(
    words.map((word, index) => {
      const value = index === last ? lines.slice(last).join('\n') : lines[index];
      return [word, value?.trim() ?? ''];
    }),
  );
}
