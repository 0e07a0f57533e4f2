import { TITLE_TOKENS } from '../../src/answering/written-title.rules.js';
import type { OpenAiRequest } from '../fakes/openai-script.ts';
import { startOpenAiServer } from '../fakes/openai-server.ts';
import { Random } from '../fuzz/random.ts';
import { KNOWN_MODEL, OWN_MODEL, promptTokens, sentence, tokensOf } from '../ledger/plan.ts';
import type { UpstreamCall } from '../ledger/upstream.ts';
import { carrierOf } from './canaries/carriers.rules.ts';
import type { Signals } from './signals.ts';

/** A call as the provider remembers it; `n` is the question's number. */
export interface ProviderCall extends UpstreamCall {
  /** Its own number; the text of its answer begins with it. */
  readonly call: number;
  /** Which of its words carry canaries: from the first to the one behind the last. */
  readonly carried: readonly [number, number];
  /** When it came, in Unix milliseconds. */
  readonly at: number;
}

export interface Provider {
  readonly url: string;
  /** Every call, oldest first. */
  calls(): ProviderCall[];
  /** All that it was sent, as JSON. */
  sent(): string;
  close(): Promise<void>;
}

const NOTHING_CARRIED = [0, 0] as const;
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
      const asked = questionIn(request);
      const answer = isTitle
        ? { words: tokensOf(TITLE, model), carried: NOTHING_CARRIED }
        : answerOf({ call, asked, random, model });
      const prompt = promptTokens(
        request.messages.map(({ content }) => content),
        model,
      );
      seen.set(request, {
        call,
        n: Number(QUESTION.exec(asked)?.[1]),
        purpose: isTitle ? 'title' : 'answer',
        model,
        promptTokens: prompt,
        ...answer,
        took: true,
        at: performance.timeOrigin + request.at,
      });
      if (!isTitle) signals.tell('called');
      return {
        words: answer.words,
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
    sent: () => JSON.stringify(server.requests.map(({ body }) => body)),
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

/** An answer token by token, and which of them carry canaries. */
type Answer = Pick<ProviderCall, 'words' | 'carried'>;

interface Asked {
  readonly call: number;
  readonly asked: string;
  readonly random: Random;
  readonly model: string;
}

function answerOf({ call, asked, random, model }: Asked): Answer {
  const words = random.int(...WORDS);
  const text = (many: number) => tokensOf(` ${sentence(random, many)}`, model);
  const before = [...tokensOf(`Resposta ${String(call)}:`, model), ...text(Math.ceil(words / 2))];
  const { says = '' } = carrierOf(asked) ?? {};
  const carried = says === '' ? [] : tokensOf(says, model);
  return {
    words: [...before, ...carried, ...text(Math.floor(words / 2))],
    carried: [before.length, before.length + carried.length],
  };
}

const QUESTION = /caso (\d+):/;

/** The last question that was asked: what asks to go on has no number. */
const questionIn = ({ messages }: OpenAiRequest): string =>
  messages.filter(({ role }) => role === 'user').findLast(({ content }) => QUESTION.test(content))
    ?.content ?? '';
