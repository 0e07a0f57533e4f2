declare const guarded: unique symbol;
declare const released: unique symbol;

/** A prompt that the input rails have seen. Nothing after them takes any other. */
export type GuardedPrompt = string & { readonly [guarded]: true };

/**
 * Text that the output rails have let go. The event log, checkpoints, settle, titles and the
 * search index take nothing else.
 */
export type ReleasedText = string & { readonly [released]: true };
