import type { Conversation } from '../api/contract';

/** A heading of the history: a fixed name, or a month. */
export type HistoryGroup =
  | { readonly kind: 'pinned' | 'today' | 'yesterday' | 'week' }
  | { readonly kind: 'month'; readonly year: number; readonly month: number };

/** The history as rows of one height each: headings and conversations. */
export type HistoryRow =
  | { readonly kind: 'heading'; readonly group: HistoryGroup; readonly key: string }
  | { readonly kind: 'conversation'; readonly conversation: Conversation; readonly key: string };

/** The group a conversation belongs to at `now`, by the calendar of the person's own clock. */
export function groupOf(conversation: Conversation, now: Date): HistoryGroup {
  if (conversation.pinnedAt) return { kind: 'pinned' };
  const time = new Date(conversation.updatedAt);
  const days = calendarDay(now) - calendarDay(time);
  if (days <= 0) return { kind: 'today' };
  if (days === 1) return { kind: 'yesterday' };
  if (days <= 7) return { kind: 'week' };
  return { kind: 'month', year: time.getFullYear(), month: time.getMonth() };
}

/** Number of the local calendar day; a day is a day also when the clocks change. */
function calendarDay(time: Date): number {
  return Math.floor(Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) / 86_400_000);
}

const keyOf = (group: HistoryGroup): string =>
  group.kind === 'month' ? `${group.year}-${group.month}` : group.kind;

/** Lays sorted conversations out under their headings. */
export function toRows(conversations: readonly Conversation[], now: Date): readonly HistoryRow[] {
  const rows: HistoryRow[] = [];
  let current = '';
  for (const conversation of conversations) {
    const group = groupOf(conversation, now);
    const key = keyOf(group);
    if (key !== current) {
      rows.push({ kind: 'heading', group, key: `h-${key}` });
      current = key;
    }
    rows.push({ kind: 'conversation', conversation, key: `c-${conversation.id}` });
  }
  return rows;
}

/** Pinned first (latest pin first), then by last change; ties by id. The order of the server. */
export function inOrder(a: Conversation, b: Conversation): number {
  return (
    Number(!!b.pinnedAt) - Number(!!a.pinnedAt) ||
    (b.pinnedAt ?? '').localeCompare(a.pinnedAt ?? '') ||
    b.updatedAt.localeCompare(a.updatedAt) ||
    b.id - a.id
  );
}

/**
 * Joins a first page just fetched with the older ones already here: the page is the truth for as far
 * as it reaches, so that what was deleted in another tab goes.
 */
export function mergeFirstPage(
  known: readonly Conversation[],
  page: readonly Conversation[],
  isAll: boolean,
): readonly Conversation[] {
  const last = page.at(-1);
  if (isAll || !last) return page;
  const fetched = new Set(page.map((conversation) => conversation.id));
  const older = known.filter((one) => !fetched.has(one.id) && inOrder(last, one) < 0);
  return [...page, ...older];
}

/** Puts one conversation in, or in its new place. */
export function withConversation(
  known: readonly Conversation[],
  conversation: Conversation,
): readonly Conversation[] {
  return [...known.filter(({ id }) => id !== conversation.id), conversation].sort(inOrder);
}
