import type { PostStatus } from '#db';
import type { GuardedPrompt, ReleasedText } from '../guardrails/guarded.js';
import type { RailHit } from '../guardrails/judged-text.rules.js';
import { notStored } from '../guardrails/events/rail-message.js';
import { type HiddenValue, MaskedText, type NameOf } from '../guardrails/masking/masked-text.js';
import type { ErrorCode } from '../platform/error-codes.js';
import type { Language } from '../platform/language.rules.js';
import type { Instructions } from './system-prompt.js';

/** How the rails have ended a question before any model was asked. */
export interface RailEnding {
  readonly status: Extract<PostStatus, 'blocked' | 'done'>;
  readonly errorCode: ErrorCode | null;
  /** What is answered in place of a model. */
  readonly body: ReleasedText;
}

/** What is asked, once the input rails have seen it; its placeholders are still to be named. */
export interface GuardedAsk {
  readonly policyId: number;
  readonly hits: readonly RailHit[];
  /** What the person typed; of a blocked prompt the notice that is stored in its place. */
  readonly typed: MaskedText<GuardedPrompt>;
  /** What the model is asked where a command made that of it. */
  readonly asked: MaskedText<GuardedPrompt> | null;
  readonly instructions: Readonly<Record<keyof Instructions, MaskedText<GuardedPrompt> | null>>;
  /** Undefined: a model is asked. */
  readonly ending: RailEnding | undefined;
  /** Whether a model or a service was asked about it: the ledger has rows of that. */
  readonly wasJudged?: boolean;
}

const BLOCKED: RailEnding = {
  status: 'blocked',
  errorCode: 'GUARDRAIL.BLOCKED',
  body: '' as ReleasedText,
};

/** The same, blocked: of what was asked only a notice is left. */
export const blockedAsk = (guarded: GuardedAsk, language: Language): GuardedAsk => ({
  ...guarded,
  typed: new MaskedText<GuardedPrompt>(notStored[language]),
  asked: null,
  ending: BLOCKED,
});

/** All that gets a placeholder. */
export function hiddenValuesOf({ typed, asked, instructions }: GuardedAsk): HiddenValue[] {
  const { person, conversation } = instructions;
  return [typed, asked, person, conversation].flatMap((text) =>
    text === null || text.isPlain ? [] : text.values(),
  );
}

/** The texts as they are stored and sent. */
export function named(
  { typed, asked, instructions }: GuardedAsk,
  nameOf: NameOf,
): {
  readonly prompt: GuardedPrompt;
  readonly asked: GuardedPrompt | null;
  readonly instructions: Instructions;
} {
  const { person, conversation } = instructions;
  return {
    prompt: typed.with(nameOf),
    asked: asked?.with(nameOf) ?? null,
    instructions: {
      person: person?.with(nameOf) ?? null,
      conversation: conversation?.with(nameOf) ?? null,
    },
  };
}
