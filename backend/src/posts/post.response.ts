import type { Feedback, GuardrailEvent, Post, PostSource, Usage } from '#db';
import { isTold, railMessage } from '../guardrails/events/rail-message.js';
import type { ValuesByPlaceholder } from '../guardrails/masking/masks.repository.js';
import { restored } from '../guardrails/masking/restore.rules.js';
import type { ErrorCode } from '../platform/error-codes.js';
import { errorMessage } from '../platform/error-message.js';
import type { Language } from '../platform/language.rules.js';
import { receiptOf } from '../usage/receipt.rules.js';
import { type CitationCheck, checkCitations } from './citations/check-citations.rules.js';
import type { PostView, PromptView } from './posts.schema.js';
import { type Wishes, wishesOf } from './wishes.rules.js';

/** A post with everything that is shown beside it. */
export interface PostDetails {
  readonly post: Post;
  /** The stored body, or the checkpoints of an answer still being made. */
  readonly body: string;
  readonly siblingIds: readonly number[];
  readonly sources: readonly PostSource[];
  /** Every call of its runs. */
  readonly calls: readonly Usage[];
  /** Null for all but administrators, and where nothing is traced. */
  readonly traceUrl: string | null;
  readonly feedback: Feedback | undefined;
  /** What rails found. */
  readonly rails: readonly GuardrailEvent[];
  /** What its placeholders stand for, as far as it holds any. */
  readonly values: ValuesByPlaceholder;
}

/** What a caller sees of a post: named one by one, so that a new column stays inside. */
export function toPost(details: PostDetails, language: Language): PostView {
  const { post, body, siblingIds, sources, calls, feedback, rails, values } = details;
  const valueOf = (name: string) => values.get(name);
  const whole = (text: string) => restored(text, valueOf).text;
  const shown = restored(body, valueOf);
  const checks = post.status === 'answering' ? [] : checkCitations(body, sources);
  return {
    id: post.id,
    conversationId: post.conversationId,
    parentId: post.parentId,
    siblings: { ids: [...siblingIds], index: siblingIds.indexOf(post.id) },
    prompt: whole(post.prompt),
    asked: post.asked === null ? null : whole(post.asked),
    body: shown.text,
    status: post.status,
    error: toPostError(post.errorCode, language),
    model: post.model,
    wishes: toWishes(wishesOf(post)),
    // Written by us from the same lists.
    route: post.route as PostView['route'],
    routeReason: post.routeReason,
    sources: sources.map((source) => toSource(source, whole)),
    citations: checks.map((check) => toCitation(check, shown.placeOf)),
    rails: rails.filter(isTold).map((rail) => toRail(rail, language)),
    usage: receiptOf(calls, details.traceUrl),
    feedback: feedback?.value ?? null,
    pinned: post.pinnedAt !== null,
    freshStartAt: post.freshStartAt?.toISOString() ?? null,
    createdAt: post.createdAt.toISOString(),
  };
}

const toWishes = ({ web, knowledge, collectionIds }: Wishes): PostView['wishes'] => ({
  web,
  knowledge,
  collectionIds: collectionIds === null ? null : [...collectionIds],
});

const toSource = (
  source: PostSource,
  whole: (text: string) => string,
): PostView['sources'][number] => ({
  n: source.n,
  kind: source.kind as PostView['sources'][number]['kind'],
  title: whole(source.title),
  url: source.url,
  documentId: source.documentId,
  versionId: source.versionId,
  passage: source.passage,
  page: source.page,
  heading: source.heading,
  host: source.host,
  foundAt: source.foundAt?.toISOString() ?? null,
  publishedAt: source.publishedAt?.toISOString() ?? null,
  quote: whole(source.quote),
});

/** @param placeOf where a place of the stored body is in the one that is shown. */
const toCitation = (
  { at, length, n, verdict }: CitationCheck,
  placeOf: (at: number) => number,
): PostView['citations'][number] => ({
  at: placeOf(at),
  length: placeOf(at + length) - placeOf(at),
  n,
  verdict,
});

const toRail = (event: GuardrailEvent, language: Language): PostView['rails'][number] => ({
  id: Number(event.id),
  stage: event.stage,
  rail: event.rail,
  action: event.action,
  message: railMessage(event, language),
  reported: event.reportedAt !== null,
});

/** A prompt, and what its placeholders stand for. */
export interface PromptDetails {
  readonly post: Post;
  readonly values: ValuesByPlaceholder;
}

/** One of the caller's own prompts, without its answer. */
export function toPrompt({ post, values }: PromptDetails): PromptView {
  return {
    id: post.id,
    conversationId: post.conversationId,
    prompt: restored(post.prompt, (name) => values.get(name)).text,
    status: post.status,
    createdAt: post.createdAt.toISOString(),
  };
}

/** The stored error in the reader's language. */
export function toPostError(code: string | null, language: Language): PostView['error'] {
  // Stored by us from the same list.
  return code === null ? null : { code, message: errorMessage(code as ErrorCode, language) };
}
