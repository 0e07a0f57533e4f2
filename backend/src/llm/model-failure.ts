/** Why a model did not answer; each is also the code of the post's error, under `MODEL.`. */
export type ModelFailureKind =
  | 'UNAVAILABLE'
  | 'UNAUTHORIZED'
  | 'RATE_LIMITED'
  | 'NOT_FOUND'
  | 'OVERFLOW'
  | 'TIMEOUT'
  | 'UNREACHABLE'
  | 'BAD_ANSWER'
  | 'CUT_SHORT'
  | 'FILTERED'
  | 'EMPTY'
  | 'NOT_INSTALLED'
  | 'FILE_MISSING'
  | 'FILE_INVALID'
  | 'NAME_UNKNOWN'
  | 'SETTING_INVALID';

/** A provider's failure in Prosa's words. The provider's own text stays in `cause`, for the log. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';

  constructor(
    readonly kind: ModelFailureKind,
    options?: ErrorOptions & { readonly retryAfterMs?: number },
  ) {
    super(`MODEL.${kind}`, options);
    this.retryAfterMs = options?.retryAfterMs;
  }

  /** How long the provider asks to be left alone, where it says so. */
  readonly retryAfterMs: number | undefined;

  get code(): `MODEL.${ModelFailureKind}` {
    return `MODEL.${this.kind}`;
  }
}
