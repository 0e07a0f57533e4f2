import { estimateTokens, MESSAGE_OVERHEAD } from '../../llm/tokens.rules.js';
import type { Branch, SummaryText, Turn } from './turn.js';
import { MARK_TOKENS, NOTE_TOKENS, summaryNote } from './window-notes.rules.js';

/**
 * Of what is sent of a conversation, the newest turns take at least three quarters: older ones, and
 * a summary of them, may take a third of what the newest have taken so far. A question mostly means
 * what was just said, and models use best what stands near the end (Liu et al., Lost in the Middle,
 * TACL 2024); and as an older turn can be at most a third of the newest, one that does not fit
 * leaves less than a quarter of the room unused.
 */
const OLDER_TO_NEWEST = 1 / 3;
/** Of what turns may take, at least the newest ones' part. */
export const NEWEST_SHARE = 1 / (1 + OLDER_TO_NEWEST);

/** What was chosen. */
export interface Chosen {
  /** To send, oldest first. */
  readonly turns: readonly Turn[];
  /** Sent in place of turns that are not. */
  readonly summary: SummaryText | null;
  /** Whether there is room to say that something was left out. */
  readonly told: boolean;
  /** Tokens of all that, with what is told of the rest. */
  readonly used: number;
}

/** Tokens of a text as a message of its own. */
export const tokensOf = (text: string, factor: number): number =>
  Math.ceil((estimateTokens(text) + MESSAGE_OVERHEAD) * factor);

/** Tokens of a prompt and its answer. */
export const turnTokens = ({ prompt, answer, answerTokens }: Turn, factor: number): number =>
  tokensOf(prompt, factor) +
  (answerTokens === null ? tokensOf(answer, factor) : answerTokens + MESSAGE_OVERHEAD);

/** The same of a turn that may not follow the one before it. */
const markedTokens = (turn: Turn, factor: number): number =>
  turnTokens(turn, factor) + Math.ceil(MARK_TOKENS * factor);

/** Something older that may be sent: a turn, or the summary. */
type Older =
  | { readonly turn: Turn; readonly cost: number }
  | { readonly summary: SummaryText; readonly cost: number };

/** What has been taken so far. */
class Taken {
  readonly turns = new Map<number, Turn>();
  summary: SummaryText | null = null;
  used = 0;

  constructor(private readonly room: number) {}

  /** @returns false where it does not fit; then nothing was taken. */
  take(turn: Turn, cost: number): boolean {
    if (this.used + cost > this.room) return false;
    this.used += cost;
    this.turns.set(turn.postId, turn);
    return true;
  }

  takeOlder(older: Older): boolean {
    if ('turn' in older) return this.take(older.turn, older.cost);
    if (this.used + older.cost > this.room) return false;
    this.used += older.cost;
    this.summary = older.summary;
    return true;
  }
}

/**
 * Chooses the turns to send beside the question. Everything, where that fits. Else what is pinned,
 * newest first; then the newest turns, and older ones in the order given as far as the newest leave
 * them a share. In what order is decided without looking at the room, and the first turn that does
 * not fit ends it: so more room never means another choice, only more of it.
 * @param room tokens beside what must be sent.
 */
export function chooseTurns(branch: Branch, room: number, factor: number): Chosen {
  const whole = wholeBranch(branch, room, factor);
  if (whole) return whole;
  const note = Math.ceil(NOTE_TOKENS * factor);
  const told = room >= note;
  const taken = new Taken(told ? room - note : 0);
  for (const turn of branch.pinned) {
    if (turn.state === 'complete') taken.take(turn, markedTokens(turn, factor));
  }
  takeInTurn(branch, taken, factor);
  const turns = inOrder(taken.turns.values());
  const { summary } = taken;
  return {
    turns,
    summary: summary && standsForSome(summary, branch, taken.turns) ? summary : null,
    told,
    used: told ? taken.used + note : 0,
  };
}

/** All that may be sent of a branch; undefined where that does not fit, or was not all loaded. */
function wholeBranch(
  { ids, freshStart, newest, pinned }: Branch,
  room: number,
  factor: number,
): Chosen | undefined {
  const oldest = newest.at(-1)?.postId ?? Infinity;
  if (ids.some((id) => id > freshStart && id < oldest)) return undefined;
  const all = new Map([...newest, ...pinned].map((turn) => [turn.postId, turn]));
  const turns = inOrder(all.values()).filter(({ state }) => state === 'complete');
  let used = 0;
  for (const turn of turns) {
    used += turnTokens(turn, factor);
    if (used > room) return undefined; // Nothing more is counted: a long history costs enough.
  }
  return {
    turns,
    summary: null,
    told: false,
    used,
  };
}

function takeInTurn({ newest, older, summary }: Branch, taken: Taken, factor: number): void {
  const waiting: Older[] = older
    .filter(({ postId, state }) => state === 'complete' && !taken.turns.has(postId))
    .map((turn) => ({ turn, cost: markedTokens(turn, factor) }));
  if (summary) waiting.unshift({ summary, cost: tokensOf(summaryNote(summary), factor) });
  let newestTokens = 0;
  let olderTokens = 0;
  for (const turn of newest) {
    if (turn.state !== 'complete') continue;
    const cost = turnTokens(turn, factor);
    if (!taken.turns.has(turn.postId) && !taken.take(turn, cost)) return;
    newestTokens += cost;
    for (let at = 0; at < waiting.length;) {
      const next = waiting[at];
      if (!next || olderTokens + next.cost > newestTokens * OLDER_TO_NEWEST) {
        at += 1;
        continue;
      }
      waiting.splice(at, 1);
      if ('turn' in next && taken.turns.has(next.turn.postId)) continue;
      if (!taken.takeOlder(next)) return;
      olderTokens += next.cost;
    }
  }
}

/** Whether a summary covers a turn that is not sent itself. */
const standsForSome = (
  { afterPostId, postId }: SummaryText,
  { ids }: Branch,
  sent: ReadonlyMap<number, Turn>,
): boolean => ids.some((id) => id <= postId && id > (afterPostId ?? 0) && !sent.has(id));

const inOrder = (turns: Iterable<Turn>): Turn[] =>
  Array.from(turns).sort((a, b) => a.postId - b.postId);
