import type { ContextUse, KeptReason, LeftReason } from '../../api/contract';

/** What a model reads of the posts of a branch, up to the one that the next question follows. */
export interface WindowView {
  /** The newest post this says something about. */
  readonly upTo: number;
  /** The oldest of the newest posts that are sent without a gap; null when none is. */
  readonly begins: number | null;
  readonly kept: ReadonlyMap<number, KeptReason>;
  readonly left: ReadonlyMap<number, LeftReason>;
  /** Why the posts are left out that are older than all in `left`. */
  readonly olderReason: LeftReason;
  readonly summary: ContextUse['summary'];
}

/** What becomes of a post: sent, sent although older than the window's beginning, or left out. */
export type PostMark =
  | { readonly sent: true; readonly because: KeptReason | null }
  | { readonly sent: false; readonly because: LeftReason };

/** Where the window begins: before a post, or below all (`before` null) when no post is sent. */
export interface WindowBoundary {
  readonly before: number | null;
  /** True when some older posts are sent all the same. */
  readonly exceptions: boolean;
}

/** Reasons of a post's own: they say nothing about where the window begins. */
const OWN_REASONS: ReadonlySet<LeftReason> = new Set(['unfinished', 'blocked']);

/** What `use` says about the posts up to `upTo`. */
export function windowView(use: ContextUse, upTo: number): WindowView {
  const { left, kept, summary } = use;
  const passing = left.findLast(({ reason }) => !OWN_REASONS.has(reason));
  return {
    upTo,
    begins: use.begins,
    kept: new Map(kept.map(({ postId, reason }) => [postId, reason])),
    left: new Map(left.map(({ postId, reason }) => [postId, reason])),
    olderReason: passing?.reason ?? (summary ? 'summary' : 'window'),
    summary,
  };
}

/**
 * What becomes of a post with the next question; null for one that is newer than what is known.
 * Ids of a branch grow from old to new, so nothing but the post itself is looked at.
 */
export function markOf(view: WindowView, postId: number): PostMark | null {
  if (postId === 0 || postId > view.upTo) return null;
  const left = view.left.get(postId);
  if (left) return { sent: false, because: left };
  const kept = view.kept.get(postId);
  if (kept) return { sent: true, because: kept };
  if (view.begins !== null && postId >= view.begins) return { sent: true, because: null };
  return { sent: false, because: view.olderReason };
}

/**
 * Where the line goes above which the model no longer reads; null where everything is read, or where
 * a fresh start, which has its own line, is all that ends the window.
 */
export function boundaryOf(view: WindowView): WindowBoundary | null {
  const newest = [...view.left].find(
    ([id, reason]) => !OWN_REASONS.has(reason) && (view.begins === null || id < view.begins),
  );
  if (!newest && !view.summary) return null;
  if (newest?.[1] === 'freshStart') return null;
  return { before: view.begins, exceptions: view.kept.size > 0 };
}

/** How full the window would be, in tokens. */
export interface WindowFigures {
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly free: number;
  /** By how much what must be sent exceeds the window; 0 when it fits. */
  readonly excess: number;
  /** Used, as a part of what is not kept for the answer: 1 is full. */
  readonly share: number;
}

/** The figures of the meter. */
export function figuresOf({ limit, used, reserved, excess }: ContextUse): WindowFigures {
  const room = Math.max(1, limit - reserved);
  return {
    limit,
    used,
    reserved,
    free: Math.max(0, limit - reserved - used),
    excess,
    share: Math.min(1, used / room),
  };
}

/** `left`: something that somebody may count on is not sent; `exceeded`: the prompt alone is too long. */
export type WindowLevel = 'plain' | 'left' | 'exceeded';

/** How loud the meter is. */
export function levelOf(use: ContextUse): WindowLevel {
  if (use.excess > 0) return 'exceeded';
  return leftCounts(use).some(({ reason }) => reason === 'window') ? 'left' : 'plain';
}

/** How many posts are left out for a reason. */
export interface LeftCount {
  readonly reason: LeftReason;
  readonly count: number;
}

const REASONS: readonly LeftReason[] = ['window', 'summary', 'freshStart', 'unfinished', 'blocked'];

/** How many posts are left out, by reason; those too old to be listed share that of the oldest listed. */
export function leftCounts(use: ContextUse): readonly LeftCount[] {
  const { olderReason } = windowView(use, 0);
  return REASONS.map((reason) => {
    const listed = use.left.filter((one) => one.reason === reason).length;
    return { reason, count: listed + (reason === olderReason ? use.leftOlder : 0) };
  }).filter(({ count }) => count > 0);
}

/** How many posts are left out because they do not fit. */
export const leftByWindow = (use: ContextUse): number =>
  leftCounts(use).find(({ reason }) => reason === 'window')?.count ?? 0;

/** How many older posts are sent all the same, by reason. */
export function keptCounts({
  kept,
}: ContextUse): readonly { readonly reason: KeptReason; readonly count: number }[] {
  return (['pinned', 'relevant'] as const)
    .map((reason) => ({ reason, count: kept.filter((one) => one.reason === reason).length }))
    .filter(({ count }) => count > 0);
}

/** What is asked of the server to know the window. */
export interface WindowQuestion {
  /** Null for a conversation that does not exist yet. */
  readonly conversationId: number | null;
  /** The post that the question would follow. */
  readonly parentId: number | null;
  readonly prompt: string;
  readonly model: string | null;
}

/** Whether two questions are the same, so that the server need not be asked again. */
export function sameQuestion(a: WindowQuestion | null, b: WindowQuestion | null): boolean {
  return a?.prompt === b?.prompt && isSameBesidesPrompt(a, b);
}

/** The same question but for what is typed. */
const isSameBesidesPrompt = (a: WindowQuestion | null, b: WindowQuestion | null): boolean =>
  a?.conversationId === b?.conversationId && a?.parentId === b?.parentId && a?.model === b?.model;

/** How long one must pause in typing before the server is asked, in milliseconds. */
export const TYPING_PAUSE_MS = 400;

/** How long to wait before asking: only what is typed may still change in a moment. In milliseconds. */
export function pauseBefore(question: WindowQuestion, before: WindowQuestion | null): number {
  const typed =
    before?.prompt !== question.prompt &&
    question.prompt !== '' &&
    isSameBesidesPrompt(question, before);
  return typed ? TYPING_PAUSE_MS : 0;
}

/**
 * Whether a prompt is known not to fit: the one that was asked about, or one that grew since. One
 * that was shortened may be sent, until the server has said what it thinks of it.
 */
export function stillExceeds(excess: number, asked: string, now: string): boolean {
  return excess > 0 && now.length >= asked.length;
}

/** The part of a window that no answer is kept longer than: the rest is room for what is sent. */
const ROOM = 3 / 4;

/** Models that may answer now and have room for so many tokens, the smallest window first. */
export function roomierModels<Model extends { contextWindow: number; available: boolean }>(
  models: readonly Model[],
  used: number,
): readonly Model[] {
  return models
    .filter(({ available, contextWindow }) => available && contextWindow * ROOM >= used)
    .sort((a, b) => a.contextWindow - b.contextWindow);
}
