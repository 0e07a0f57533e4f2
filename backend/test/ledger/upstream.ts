import { TITLE_TOKENS } from '../../src/answering/written-title.rules.js';
import type { OpenAiRequest } from '../fakes/openai-script.ts';
import { startOpenAiServer } from '../fakes/openai-server.ts';
import {
  behaviourFor,
  OWN_MODEL,
  KNOWN_MODEL,
  type Planned,
  promptTokens,
  tokensOf,
} from './plan.ts';

/** A call as the provider remembers it. */
export interface UpstreamCall {
  /** The question's number. */
  readonly n: number;
  readonly purpose: 'answer' | 'title';
  readonly model: string;
  readonly promptTokens: number;
  /** All that it meant to say, a token each. */
  readonly words: readonly string[];
  /** How many of them it wrote. */
  readonly sent: number;
  /** Whether it answered at all; else it refused. */
  readonly took: boolean;
  /** What it said of prompt and answer, where it said it. */
  readonly told?: { readonly promptTokens: number; readonly completionTokens: number };
}

export interface Upstream {
  readonly url: string;
  /** Every call, oldest first. */
  calls(): UpstreamCall[];
  close(): Promise<void>;
}

const TITLE = 'Sobre livros e tabelas';

/** A provider that does to each question what was planned, and keeps its own record of it. */
export async function startUpstream(plan: readonly Planned[]): Promise<Upstream> {
  const seen = new Map<OpenAiRequest, Decided>();
  const asked = new Map<number, number>();

  const server = await startOpenAiServer(
    (request) => {
      const { model } = request;
      const question = plan[numberIn(request)];
      if (!question) throw new Error('a question that was never asked');
      const { n } = question;
      const prompt = promptTokens(
        request.messages.map(({ content }) => content),
        model,
      );
      if (isTitle(request)) {
        const words = tokensOf(TITLE, model);
        seen.set(request, { n, purpose: 'title', model, promptTokens: prompt, words, took: true });
        return { words, delayMs: 1, promptTokens: prompt, usage: n % 5 !== 0 };
      }
      const earlier = asked.get(n) ?? 0;
      asked.set(n, earlier + 1);
      const behaviour = behaviourFor(question, model, earlier);
      seen.set(request, {
        n,
        purpose: 'answer',
        model,
        promptTokens: prompt,
        words: behaviour.words ?? [],
        took: behaviour.status === undefined,
      });
      return { ...behaviour, promptTokens: prompt };
    },
    { models: [KNOWN_MODEL, OWN_MODEL] },
  );

  return {
    url: server.url,
    calls: () => [...seen].map(([request, call]) => remembered(request, call)),
    close: () => server.close(),
  };
}

/** What was decided of a call before it was answered. */
type Decided = Omit<UpstreamCall, 'sent' | 'told'>;

const remembered = ({ sent, told }: OpenAiRequest, call: Decided): UpstreamCall => ({
  ...call,
  sent,
  ...(told && {
    told: {
      promptTokens: Number(told['prompt_tokens']),
      completionTokens: Number(told['completion_tokens']),
    },
  }),
});

/** Only a title is allowed so few tokens. */
const isTitle = ({ body }: OpenAiRequest): boolean =>
  (body['max_tokens'] ?? body['max_completion_tokens']) === TITLE_TOKENS;

function numberIn({ messages }: OpenAiRequest): number {
  const last = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return Number(/caso (\d+):/.exec(last)?.[1]);
}
