import { inject, Service } from '@angular/core';
import { SessionStore } from '../auth/session-store';
import { NO_DRAFT, parseDraft, type Draft } from './draft.rules';

/** Drafts of this person on this device, one a conversation; they outlive reload and sign-out. */
@Service()
export class Drafts {
  private readonly session = inject(SessionStore);

  /** `conversationId` null is the conversation that does not exist yet. */
  read(conversationId: number | null): Draft {
    try {
      return parseDraft(localStorage.getItem(this.keyOf(conversationId)));
    } catch {
      return NO_DRAFT;
    }
  }

  write(conversationId: number | null, draft: Draft): void {
    try {
      const key = this.keyOf(conversationId);
      if (draft.text || draft.sentText) localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch {
      // Storage is full or closed: the text is still in the box.
    }
  }

  /**
   * The server has the prompt: only what was typed since stays, and moves along when the prompt made
   * its conversation.
   */
  accept(askedIn: number | null, nowIn: number | null): void {
    const { text, sentText } = this.read(askedIn);
    this.write(askedIn, NO_DRAFT);
    if (text !== sentText) this.write(nowIn, { text });
  }

  private keyOf(conversationId: number | null): string {
    return `prosa.draft.${this.session.user()?.id ?? 0}.${conversationId ?? 'new'}`;
  }
}
