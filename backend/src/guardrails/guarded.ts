import type { ChatMessage } from '../llm/chat-model.js';

declare const guarded: unique symbol;
declare const released: unique symbol;
declare const retrieved: unique symbol;

/** A prompt that the input rails have seen. Nothing after them takes any other. */
export type GuardedPrompt = string & { readonly [guarded]: true };

/** A message that the rails let a model have. Nothing else is traced as what a model was sent. */
export type GuardedMessage = ChatMessage & { readonly [guarded]: true };

/** Text of a document or a page that the retrieval rails have seen. No source is made of any other. */
export type GuardedPassage = string & { readonly [retrieved]: true };

/**
 * Text that the output rails have let go. The event log, checkpoints, settle, titles and the
 * search index take nothing else, nor does a trace.
 */
export type ReleasedText = string & { readonly [released]: true };
