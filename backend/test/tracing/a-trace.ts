import { randomBytes } from 'node:crypto';
import type { GuardedMessage, GuardedPrompt, ReleasedText } from '../../src/guardrails/guarded.js';
import { uuid7 } from '../../src/tracing/trace-id.rules.js';
import type { Trace } from '../../src/tracing/trace.js';

/** A trace of an answer to a prompt. */
export function aTrace(prompt = 'olá', change: Partial<Trace> = {}): Trace {
  const now = Date.now();
  const answer = 'um dois três' as ReleasedText;
  return {
    id: uuid7(now, randomBytes(16).toString('hex')),
    runId: 'a'.repeat(32),
    postId: 1,
    conversationId: 2,
    userId: 3,
    kind: 'ask',
    door: 'web',
    modelId: 'openai/gpt-4o-mini',
    prompt: prompt as GuardedPrompt,
    answer,
    status: 'done',
    errorCode: null,
    endedAt: now + 10,
    steps: [
      {
        name: 'generate',
        startedAt: now,
        endedAt: now + 10,
        errorCode: null,
        call: {
          messages: [{ role: 'user', text: prompt } as GuardedMessage],
          answer,
          provider: 'openai',
          model: 'gpt-4o-mini',
          counted: true,
          promptTokens: 1000,
          cachedTokens: null,
          completionTokens: 3,
          cost: null,
          ttftMs: 5,
          errorCode: null,
        },
      },
    ],
    ...change,
  };
}
