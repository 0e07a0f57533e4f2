import type { Overflow } from './overflow.rules.js';

/** Why a model did not answer; each is also the code of the post's error, under `MODEL.`. */
export type ModelFailureKind =
  | 'UNAVAILABLE'
  | 'UNAUTHORIZED'
  | 'RATE_LIMITED'
  /** Too many wait for this machine's own model already. */
  | 'BUSY'
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
  | 'SETTING_INVALID'
  /** Never asked: an operator's settings of the model cannot be used. */
  | 'MISCONFIGURED';

/** A provider's failure in Prosa's words. The provider's own text stays in `cause`, for the log. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';

  constructor(
    readonly kind: ModelFailureKind,
    options?: ErrorOptions & {
      readonly retryAfterMs?: number;
      readonly renewed?: boolean;
      readonly overflow?: Overflow;
    },
  ) {
    super(`MODEL.${kind}`, options);
    this.retryAfterMs = options?.retryAfterMs;
    this.renewed = options?.renewed ?? false;
    this.overflow = options?.overflow ?? {};
  }

  /** How long the provider asks to be left alone, where it says so. */
  readonly retryAfterMs: number | undefined;

  /** Whether what the provider refused, expired credentials, has been replaced since. */
  readonly renewed: boolean;

  /** What the provider says of a prompt that is too long for it. */
  readonly overflow: Overflow;

  get code(): `MODEL.${ModelFailureKind}` {
    return `MODEL.${this.kind}`;
  }
}
