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
  /** Its answer as people may see it, were it sent whole. */
  readonly words: readonly string[];
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
      const answer = isTitle ? titleOf(model) : answerOf({ call, asked, random, model });
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
        words: answer.shown,
        took: true,
        at: performance.timeOrigin + request.at,
      });
      if (!isTitle) signals.tell('called');
      return {
        words: answer.said,
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

/** An answer token by token: as it is said, and as people may see it. */
interface Answer {
  readonly said: readonly string[];
  readonly shown: readonly string[];
}

function titleOf(model: string): Answer {
  const said = tokensOf(TITLE, model);
  return { said, shown: said };
}

interface Asked {
  readonly call: number;
  readonly asked: string;
  readonly random: Random;
  readonly model: string;
}

/** What is hidden of it is shown as one piece, once the first token of what is hidden is said. */
function answerOf({ call, asked, random, model }: Asked): Answer {
  const words = random.int(...WORDS);
  const text = (many: number) => tokensOf(` ${sentence(random, many)}`, model);
  const begin = tokensOf(`Resposta ${String(call)}:`, model);
  const { says = '', shown } = carrierOf(asked) ?? {};
  const [before, after] = [text(Math.ceil(words / 2)), text(Math.floor(words / 2))];
  const carried = says === '' ? [] : tokensOf(says, model);
  const seen = shown === undefined ? carried : carried.map((_, at) => (at === 0 ? shown : ''));
  return {
    said: [...begin, ...before, ...carried, ...after],
    shown: [...begin, ...before, ...seen, ...after],
  };
}

const QUESTION = /caso (\d+):/;

/** The last question that was asked: what asks to go on has no number. */
const questionIn = ({ messages }: OpenAiRequest): string =>
  messages.filter(({ role }) => role === 'user').findLast(({ content }) => QUESTION.test(content))
    ?.content ?? '';
