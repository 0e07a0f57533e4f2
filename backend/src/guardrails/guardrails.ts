import { Injectable } from '@nestjs/common';
import type { ChatMessage } from '../llm/chat-model.js';
import type { GuardedMessage, GuardedPassage, GuardedPrompt, ReleasedText } from './guarded.js';
import { visibleText } from './retrieved-text.rules.js';
import { wellFormedPart } from './well-formed.rules.js';

/** What the input rails decided. `answer` and `block` end the run before any model is called. */
export type InputVerdict =
  | { readonly action: 'pass'; readonly prompt: GuardedPrompt }
  | {
      readonly action: 'answer' | 'block';
      readonly rail: string;
      readonly prompt: GuardedPrompt;
      readonly notice: ReleasedText;
    };

/** The rails of one answer: text goes in as it comes, and out as soon as it may be shown. */
export interface OutputRails {
  /** What may be shown now; the rest is held back until more is known. */
  push(text: string): ReleasedText;
  /** What was still held back, judged as it stands. */
  end(): ReleasedText;
}

/** The rails around every model call, and the only place where text becomes guarded or released. */
@Injectable()
export class Guardrails {
  /** Judges a prompt before it is stored. Local rules only: takes less than a millisecond. */
  input(prompt: string): InputVerdict {
    return { action: 'pass', prompt: prompt as GuardedPrompt };
  }

  /** Judges what a document or a page says, before it becomes a source of an answer. */
  passage(text: string): GuardedPassage {
    return visibleText(text) as GuardedPassage;
  }

  /** Judges what a model is about to be sent: instructions, sources and earlier turns among it. */
  messages(messages: readonly ChatMessage[]): readonly GuardedMessage[] {
    return messages as readonly GuardedMessage[];
  }

  /** Rails for one answer. */
  output(): OutputRails {
    let held = '';
    return {
      push(text) {
        const { ready, rest } = wellFormedPart(held + text);
        held = rest;
        return ready as ReleasedText;
      },
      end() {
        const last = held.toWellFormed();
        held = '';
        return last as ReleasedText;
      },
    };
  }

  /** Text that was released before and comes back from the database. */
  stored(text: string): ReleasedText {
    return text as ReleasedText;
  }
}
