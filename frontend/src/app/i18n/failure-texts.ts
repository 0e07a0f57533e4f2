import { Clipboard } from '@angular/cdk/clipboard';
import { inject, Service } from '@angular/core';
import { toApiFailure, type ApiFailure } from '../api/api-failure';
import { failureKey, shortId } from '../api/failure-text';
import { Toasts } from '../ui/toasts';
import { LanguageStore } from './language-store';

/** Says in words what went wrong: the server's own sentence, or ours where it could not send one. */
@Service()
export class FailureTexts {
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);
  private readonly clipboard = inject(Clipboard);

  /** With the request's id where the sentence asks for it. Rethrows what is not a failure of a call. */
  of(thrown: unknown): string {
    const failure = toApiFailure(thrown);
    const text = failure.message || this.languages.text(failureKey(failure));
    const id = idOf(failure);
    return id ? `${text} ${this.languages.text('failure.id', { id: shortId(id) })}` : text;
  }

  /** Shows it as a toast, from which the id can be copied whole. Rethrows like `of`. */
  show(thrown: unknown): void {
    const text = this.of(thrown);
    const id = idOf(toApiFailure(thrown));
    if (!id) this.toasts.show(text);
    else {
      const label = this.languages.text('failure.copyId');
      this.toasts.show(text, { label, run: () => void this.clipboard.copy(id) });
    }
  }
}

const idOf = ({ asksForId, requestId }: ApiFailure): string | null =>
  asksForId ? requestId : null;
