import { inject, Service } from '@angular/core';
import { SessionStore } from '../auth/session-store';
import { NO_DRAFT, accepted, parseDraft, type Draft } from './draft.rules';

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
    // Signed out meanwhile: it is nobody's to keep, and what was kept before stays.
    if (!this.session.user()) return;
    try {
      const key = this.keyOf(conversationId);
      if (draft.text || draft.sent || draft.wishes)
        localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch {
      // Storage is full or closed: the text is still in the box.
    }
  }

  /** The server has the prompt; what was typed since moves along to the conversation it made. */
  accept(askedIn: number | null, nowIn: number | null): void {
    const rest = accepted(this.read(askedIn));
    this.write(askedIn, NO_DRAFT);
    this.write(nowIn, rest);
  }

  private keyOf(conversationId: number | null): string {
    return `prosa.draft.${this.session.user()?.id ?? 0}.${conversationId ?? 'new'}`;
  }
}
