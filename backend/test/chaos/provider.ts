import { TITLE_TOKENS } from '../../src/answering/written-title.rules.js';
import type { OpenAiRequest } from '../fakes/openai-script.ts';
import { startOpenAiServer } from '../fakes/openai-server.ts';
import { Random } from '../fuzz/random.ts';
import { KNOWN_MODEL, OWN_MODEL, promptTokens, sentence, tokensOf } from '../ledger/plan.ts';
import type { UpstreamCall } from '../ledger/upstream.ts';
import type { Signals } from './signals.ts';

/** A call as the provider remembers it; `n` is the question's number. */
export interface ProviderCall extends UpstreamCall {
  /** Its own number; the text of its answer begins with it. */
  readonly call: number;
  /** When it came, in Unix milliseconds. */
  readonly at: number;
}

export interface Provider {
  readonly url: string;
  /** Every call, oldest first. */
  calls(): ProviderCall[];
  close(): Promise<void>;
}

const TITLE = 'Sobre a casa e os livros';
/** An answer takes a second or two: many checkpoints, so that a missing one is seen. */
const WORDS = [20, 110] as const;
const DELAY_MS = [5, 18] as const;

/** The first words of a prompt, by which the provider knows the question. */
export const promptOf = (question: number, rest: string): string =>
  `caso ${String(question)}: ${rest}`;

/** A provider that answers everything, each call with words of its own, and keeps its own record. */
export async function startProvider(seed: number, signals: Signals): Promise<Provider> {
  const seen = new Map<OpenAiRequest, Omit<ProviderCall, 'sent' | 'told'>>();
  const server = await startOpenAiServer(
    (request) => {
      const { model } = request;
      const call = seen.size + 1;
      const random = new Random(seed, call);
      const isTitle =
        (request.body['max_tokens'] ?? request.body['max_completion_tokens']) === TITLE_TOKENS;
      const text = isTitle
        ? TITLE
        : `Resposta ${String(call)}: ${sentence(random, random.int(...WORDS))}.`;
      const words = tokensOf(text, model);
      const prompt = promptTokens(
        request.messages.map(({ content }) => content),
        model,
      );
      seen.set(request, {
        call,
        n: questionOf(request),
        purpose: isTitle ? 'title' : 'answer',
        model,
        promptTokens: prompt,
        words,
        took: true,
        at: performance.timeOrigin + request.at,
      });
      if (!isTitle) signals.tell('called');
      return {
        words,
        promptTokens: prompt,
        delayMs: isTitle ? 1 : random.int(...DELAY_MS),
        ended: () => {
          if (!isTitle) signals.tell('ended');
        },
      };
    },
    { models: [KNOWN_MODEL, OWN_MODEL] },
  );
  return {
    url: server.url,
    calls: () => [...seen].map(([request, call]) => remembered(request, call)),
    close: () => server.close(),
  };
}

const remembered = (
  { sent, told }: OpenAiRequest,
  call: Omit<ProviderCall, 'sent' | 'told'>,
): ProviderCall => ({
  ...call,
  sent,
  ...(told && {
    told: {
      promptTokens: Number(told['prompt_tokens']),
      completionTokens: Number(told['completion_tokens']),
    },
  }),
});

/** The last question that was asked: what asks to go on has no number. */
function questionOf({ messages }: OpenAiRequest): number {
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  return Number(/caso (\d+):/.exec(asked.findLast((text) => /caso \d+:/.test(text)) ?? '')?.[1]);
}
