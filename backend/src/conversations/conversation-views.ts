import { Injectable } from '@nestjs/common';
import type { Conversation } from '#db';
import type { ValuesByPlaceholder } from '../guardrails/masking/masks.repository.js';
import { PlaceholderValues } from '../guardrails/masking/placeholder-values.js';
import { restored } from '../guardrails/masking/restore.rules.js';
import { hiddenIn } from './hidden-title.rules.js';
import { toConversation } from './conversation.response.js';
import type { ConversationView } from './conversations.schema.js';

/** A text of a conversation, such as a post that a search found. */
export interface TextOfConversation {
  readonly conversationId: number;
  readonly text: string;
}

/** Shows owners their conversations with what placeholders stand for; nobody else is shown any. */
@Injectable()
export class ConversationViews {
  constructor(private readonly values: PlaceholderValues) {}

  async one(conversation: Conversation): Promise<ConversationView> {
    const [view] = await this.of([conversation]);
    return view ?? toConversation(conversation);
  }

  async of(conversations: readonly Conversation[]): Promise<ConversationView[]> {
    const titles = await this.texts(
      conversations.map(({ id, title }) => ({ conversationId: id, text: title ?? '' })),
    );
    return conversations.map((each, at) => ({
      ...toConversation(each),
      title: each.title === null ? null : (titles[at] ?? each.title),
    }));
  }

  /** Texts as their owner wrote or read them. */
  async texts(texts: readonly TextOfConversation[]): Promise<string[]> {
    const valuesOf = await this.values.of(texts, ({ text }) => [text]);
    return texts.map((each) => whole(each.text, valuesOf(each)));
  }

  /** A title that was shown with values, and may have been changed since, as it may be stored. */
  async masked({ id, title: before }: Conversation, title: string): Promise<string> {
    const valuesOf = await this.values.of([{ conversationId: id }], () => [before ?? '']);
    return hiddenIn(title, valuesOf({ conversationId: id }));
  }
}

const whole = (text: string, values: ValuesByPlaceholder): string =>
  restored(text, (name) => values.get(name)).text;
