import type { OutputContext } from '../../guardrails/rails/local-rails.js';
import type { Language } from '../../platform/language.rules.js';
import { NOTHING_SOUGHT, systemPrompt } from '../system-prompt.js';
import type { Fitted } from './fit.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>()[\]"'`]{1,2048}/gi;

/**
 * What the output rails are told of an answer. Links may lead where a person's own words or the
 * address of a source lead; what a source says is no reason to go there. Of the system prompt only
 * our own words are not to be repeated: sources are there to be quoted.
 */
export function outputContext(
  { messages, passages }: Pick<Fitted, 'messages' | 'passages'>,
  language: Language,
  canary: string,
): OutputContext {
  const hosts = new Set<string>();
  for (const { role, text } of messages) {
    if (role === 'user' && text.includes('://')) {
      for (const [address] of text.matchAll(ADDRESS)) add(hosts, address);
    }
  }
  for (const { url } of passages) if (url !== null) add(hosts, url);
  return { canary, systemPrompt: ownPrompt(language, canary), hosts };
}

function add(hosts: Set<string>, address: string): void {
  const url = URL.parse(address);
  if (url) hosts.add(url.hostname);
}

const ownPrompt = (language: Language, canary: string): string =>
  systemPrompt(language, { person: null, conversation: null }, NOTHING_SOUGHT, canary);
