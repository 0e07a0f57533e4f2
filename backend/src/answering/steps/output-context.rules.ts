import type { OutputContext } from '../../guardrails/rails/local-rails.js';
import type { Fitted } from './fit.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>()[\]"'`]{1,2048}/gi;

/**
 * What the output rails are told of an answer. Links may lead where a person's own words or the
 * address of a source lead; what a source says is no reason to go there.
 */
export function outputContext(
  { messages, passages }: Pick<Fitted, 'messages' | 'passages'>,
  canary: string,
): OutputContext {
  const hosts = new Set<string>();
  for (const { role, text } of messages) {
    if (role === 'user' && text.includes('://')) {
      for (const [address] of text.matchAll(ADDRESS)) add(hosts, address);
    }
  }
  for (const { url } of passages) if (url !== null) add(hosts, url);
  const system = messages[0]?.role === 'system' ? messages[0].text : undefined;
  return { canary, systemPrompt: system, hosts };
}

function add(hosts: Set<string>, address: string): void {
  const url = URL.parse(address);
  if (url) hosts.add(url.hostname);
}
