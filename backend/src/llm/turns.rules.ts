import type { ChatMessage } from './chat-model.js';

/**
 * Messages as every provider takes them: no blank ones (Bedrock refuses them), the system's first
 * and in one, and neighbours of one role joined (Mistral's templates want turns to alternate).
 */
export function alternating(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const said = messages.filter(({ text }) => text.trim() !== '');
  const ordered = [
    ...said.filter(({ role }) => role === 'system'),
    ...said.filter(({ role }) => role !== 'system'),
  ];
  const turns: ChatMessage[] = [];
  for (const message of ordered) {
    const last = turns.at(-1);
    if (last?.role === message.role) {
      turns[turns.length - 1] = { role: last.role, text: `${last.text}\n\n${message.text}` };
    } else turns.push(message);
  }
  return turns;
}

/** Drops what stands before the first question: Converse wants a conversation to begin with one. */
export function beginningWithUser(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const first = messages.findIndex(({ role }) => role === 'user');
  return messages.filter(({ role }, at) => role === 'system' || at >= first);
}

/** Puts what the system says before the first question, for models that know no such role. */
export function systemAsUser(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  // `alternating` joins the two.
  return messages.map(({ role, text }) => ({ role: role === 'system' ? 'user' : role, text }));
}
