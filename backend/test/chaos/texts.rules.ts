import { callsByRow } from './charges.rules.ts';
import type { Loss } from './deeds.ts';
import { asSaid } from './canaries/carriers.rules.ts';
import type { Evidence } from './evidence.ts';
import { pieces } from './pieces.rules.ts';
import type { ProviderCall } from './provider.ts';

/** Between two checkpoints, in milliseconds: what design.md and the product's Checkpointer say. */
const CHECKPOINT_MS = 250;

/** Timers, sockets and the measuring itself are this coarse, in milliseconds. */
const COARSE_MS = 50;

/** A loss, and how long before the kill its first character had been seen. */
export interface TimedLoss extends Loss {
  readonly ms: number;
  /** The most that it may be. */
  readonly allowedMs: number;
}

/** Holds each loss against the kill that ended the life of the server that had sent the text. */
export function timed({ losses, kills, commitMs }: Evidence): TimedLoss[] {
  return losses.map((loss) => {
    const kill = kills.find(({ life }) => life === loss.life);
    const ms = kill ? Math.max(0, kill.at - loss.seenAt) : Infinity;
    const commit = commitMs(kill?.at ?? 0);
    // Where one commit takes longer than that, the next checkpoint waits for its end.
    const allowedMs = Math.max(CHECKPOINT_MS, commit) + COARSE_MS + commit;
    return { ...loss, ms, allowedMs };
  });
}

/** I2: what was shown survives, but for the last 250 ms and one commit before a kill. Pure. */
export function lostText(evidence: Evidence): string[] {
  return timed(evidence).flatMap(({ postId, characters, status, life, ms, allowedMs }) => {
    const what = `post ${String(postId)} (${status}, life ${String(life)}) lost ${String(characters)} characters`;
    if (status !== 'interrupted' && status !== 'stopped') return [what];
    return ms <= allowedMs
      ? []
      : [`${what} seen ${ms.toFixed(0)} ms before the kill, ${allowedMs.toFixed(0)} are allowed`];
  });
}

/** I2: nobody is shown a hole, another text, or a stream that ends otherwise than what is stored. */
export const falseText = ({ faults }: Evidence): string[] => [...faults];

/** At rest the database has what each reader has. Pure. */
export function otherText({ rows, texts }: Evidence): string[] {
  const bodies = new Map(rows.posts.map(({ id, body }) => [id, body]));
  return [...texts]
    .filter(([id, text]) => bodies.get(id) !== text)
    .map(([id]) => `post ${String(id)} holds other text than its reader has`);
}

/** I2: every text is what the provider sent, in its order, nothing twice. Pure. */
export function inventedText(evidence: Evidence): string[] {
  const { rows, calls } = evidence;
  const byRow = callsByRow(evidence);
  const ofPost = Map.groupBy(
    rows.usage.filter(({ purpose }) => purpose === 'answer'),
    ({ postId }) => postId,
  );
  return rows.posts
    .filter(({ status }) => status !== 'answering')
    .flatMap(({ id, body }) => {
      const own = (ofPost.get(id) ?? []).flatMap((row) => byRow.get(row.id) ?? []);
      const sent = calls.filter((call) => own.includes(call));
      return pieces(asSaid(body), sent.map(saidBy))
        ? []
        : [`post ${String(id)} holds text that was not sent so`];
    });
}

/** What a call has sent. What is cut off in what must be hidden is hidden as if it were whole. */
function saidBy({ words, sent, carried: [from, to] }: ProviderCall): string {
  return words.slice(0, sent > from && sent < to ? to : sent).join('');
}
