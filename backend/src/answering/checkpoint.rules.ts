import type { Unstored } from './live-run.js';

/** What a run has released since its last checkpoint. */
export interface Due<Run> {
  readonly run: Run;
  readonly unstored: Unstored;
}

/**
 * Shares what is to be stored out to commits, of which none holds more than `most` characters
 * (UTF-16 units): after a long outage of the database it is more than a server takes in one packet.
 * The text of one run stays in order, over several commits where it must; what it stands on goes
 * with its beginning.
 * @param most two at the least: a character outside the basic plane is never cut in two.
 */
export function commitsOf<Run>(due: readonly Due<Run>[], most: number): Due<Run>[][] {
  let commit: Due<Run>[] = [];
  let room = most;
  const commits = [commit];
  for (const { run, unstored } of due) {
    for (let rest: Unstored | undefined = unstored; rest;) {
      const length = cutAt(rest.part.text, room);
      if (length === 0) {
        commit = [];
        commits.push(commit);
        room = most;
        continue;
      }
      commit.push({ run, unstored: firstOf(rest, length) });
      room -= length;
      rest = afterFirst(rest, length);
    }
  }
  return commits.filter(({ length }) => length > 0);
}

/** The longest beginning of the text that has room, without half a character. */
function cutAt(text: string, room: number): number {
  if (text.length <= room) return text.length;
  return /[\uD800-\uDBFF]/.test(text.charAt(room - 1)) ? room - 1 : room;
}

const firstOf = ({ part, standing }: Unstored, length: number): Unstored => ({
  part: { ...part, text: part.text.slice(0, length) },
  standing,
});

function afterFirst({ part }: Unstored, length: number): Unstored | undefined {
  const { seq, start, text } = part;
  return length < text.length
    ? {
        part: { seq: seq + 1, start: start + length, text: text.slice(length) },
        standing: undefined,
      }
    : undefined;
}
