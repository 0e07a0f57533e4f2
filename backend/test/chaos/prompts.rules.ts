import type { Deed } from './deeds.ts';
import type { Evidence } from './evidence.ts';
import type { RunRow } from './rows.ts';

const named = ({ key, kind, question }: Deed): string =>
  `${kind} of question ${String(question)} (${key})`;

const runsByKey = ({ rows }: Evidence): Map<string | null, RunRow[]> =>
  Map.groupBy(rows.runs, ({ key }) => key);

/** I1, first half: whatever was accepted is there. Pure. */
export function lostPrompts(evidence: Evidence): string[] {
  const runs = runsByKey(evidence);
  const posts = new Map(evidence.rows.posts.map((post) => [post.id, post]));
  return evidence.deeds.flatMap((deed) => {
    if (deed.acceptedAt === undefined) return [];
    const run = runs.get(deed.key)?.[0];
    const post = run && posts.get(run.postId);
    if (!run || !post) return [`${named(deed)} was accepted and is gone`];
    if (post.id !== deed.postId) return [`${named(deed)} is post ${String(post.id)}, not its own`];
    if (deed.stored === undefined) {
      return post.status === 'blocked' ? [] : [`${named(deed)} was let pass`];
    }
    return post.prompt === deed.stored ? [] : [`${named(deed)} has another prompt`];
  });
}

/** I1, second half: nothing is there twice, however often it was sent. Pure. */
export function doubledPrompts(evidence: Evidence): string[] {
  const runs = runsByKey(evidence);
  const sent = new Set(evidence.deeds.map(({ key }) => key));
  const doubled = evidence.deeds.filter(({ key }) => (runs.get(key)?.length ?? 0) > 1);
  const unsent = evidence.rows.runs.filter(({ key }) => key === null || !sent.has(key));
  const made = evidence.rows.runs.filter(({ kind }) => kind !== 'continue');
  const madeFor = new Map<number, number>();
  for (const { postId } of made) madeFor.set(postId, (madeFor.get(postId) ?? 0) + 1);
  return [
    ...doubled.map((deed) => `${named(deed)} was accepted more than once`),
    ...unsent.map(({ id }) => `run ${id} is nobody's deed`),
    ...evidence.rows.posts
      .filter(({ id }) => madeFor.get(id) !== 1)
      .map(({ id }) => `post ${String(id)} was made by ${String(madeFor.get(id) ?? 0)} runs`),
  ];
}

/** A turn is written whole or not at all. Pure. */
export function halfTurns({ rows }: Evidence): string[] {
  const posts = new Map(rows.posts.map((post) => [post.id, post]));
  const open = new Set(
    rows.runs.filter(({ status }) => status === 'answering').map(({ postId }) => postId),
  );
  return [
    ...rows.posts
      .filter(({ id, status }) => (status === 'answering') !== open.has(id))
      .map(({ id, status }) => `post ${String(id)} is ${status}, its run is not`),
    ...[...new Set(rows.parts)]
      .filter((id) => posts.get(id)?.status !== 'answering')
      .map((id) => `post ${String(id)} has ended and kept checkpoints`),
    ...rows.conversations
      .filter(({ leafPostId: leaf }) => leaf !== null && !posts.has(leaf))
      .map(({ id }) => `conversation ${String(id)} ends in a post that is not there`),
    ...rows.runs
      .filter(({ postId }) => !posts.has(postId))
      .map(({ id }) => `run ${id} has no post`),
  ];
}

/** The server refuses nothing that a person may do, least of all after a kill (F1, F2, F3). Pure. */
export function refusals({ deeds, rows }: Evidence): string[] {
  return [
    ...deeds
      .filter(({ refused }) => refused !== undefined)
      .map((deed) => `${named(deed)} of a post ${String(deed.before)}: ${String(deed.refused)}`),
    ...rows.posts
      .filter(({ status, body }) => status === 'done' && body === '')
      .map(({ id }) => `post ${String(id)} is done and blank`),
  ];
}
