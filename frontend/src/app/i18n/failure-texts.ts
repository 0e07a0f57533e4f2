import { inject, Service } from '@angular/core';
import { toApiFailure } from '../api/api-failure';
import { failureKey } from '../api/failure-text';
import { LanguageStore } from './language-store';

/** Says in words what went wrong: the server's own sentence, or ours where it could not send one. */
@Service()
export class FailureTexts {
  private readonly languages = inject(LanguageStore);

  /** Rethrows what is not a failure of a call. */
  of(thrown: unknown): string {
    const failure = toApiFailure(thrown);
    return failure.message || this.languages.text(failureKey(failure));
  }
}
