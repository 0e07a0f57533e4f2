import type { Command } from '#db';
import type { Language } from '../platform/language.rules.js';
import { aliasesOf, BUILT_IN, type CommandKey } from './built-in-commands.js';
import type { CommandView } from './commands.schema.js';

/** What a caller sees of a saved command. */
export function toCommand({ id, userId, name, title, text }: Command): CommandView {
  return {
    id,
    key: null,
    name,
    aliases: [],
    scope: userId === null ? 'team' : 'own',
    title,
    text,
    changed: false,
  };
}

/**
 * What a caller sees of a built-in command.
 * @param change what an administrator made of it, where one did; an empty title leaves Prosa's.
 */
export function toBuiltIn(
  key: CommandKey,
  language: Language,
  change: Pick<Command, 'title' | 'text'> | undefined,
): CommandView {
  const own = BUILT_IN[key][language];
  return {
    id: null,
    key,
    name: own.name,
    aliases: aliasesOf(key, language),
    scope: 'builtIn',
    title: change === undefined || change.title === '' ? own.title : change.title,
    text: change?.text ?? own.text,
    changed: change !== undefined,
  };
}
