import type { EntityManager } from 'typeorm';
import { type Engine, engineOf } from './engine.js';

/** Text that a run has released since its last checkpoint. */
export interface UnstoredPart {
  readonly runId: string;
  readonly postId: number;
  readonly seq: number;
  /** Where the text begins in the body, in UTF-16 units. */
  readonly start: number;
  readonly text: string;
}

/**
 * Most characters (UTF-16 units) of text to store at once: 4 MB where each takes three bytes, 9 MB
 * where all are control characters. MariaDB takes 16 MB in a packet (max_allowed_packet).
 */
export const LONGEST_COMMIT = 1_300_000;

/**
 * All rows travel as one JSON parameter: the statement is the same however many there are, so it is
 * compiled once, and a thousand rows cost a tenth of what they do as a thousand parameters.
 * A commit whose confirmation got lost is written again, perhaps with more text.
 */
const INSERT: Record<Engine, string> = {
  sqlite: `INSERT INTO post_parts (post_id, seq, start, text)
    SELECT value ->> 'postId', value ->> 'seq', value ->> 'start', value ->> 'text'
    FROM json_each(?) WHERE true
    ON CONFLICT (post_id, seq) DO UPDATE SET start = excluded.start, text = excluded.text`,
  mariadb: `INSERT INTO post_parts (post_id, seq, start, text)
    SELECT part.post_id, part.seq, part.start, part.text
    FROM JSON_TABLE(?, '$[*]' COLUMNS (post_id int PATH '$.postId', seq int PATH '$.seq',
      start int PATH '$.start', text longtext PATH '$.text')) AS part
    ON DUPLICATE KEY UPDATE start = VALUES(start), text = VALUES(text)`,
  postgres: `INSERT INTO post_parts (post_id, seq, start, text)
    SELECT part."postId", part.seq, part.start, part.text
    FROM json_to_recordset($1::json) AS part("postId" int, seq int, start int, text text)
    ON CONFLICT (post_id, seq) DO UPDATE SET start = excluded.start, text = excluded.text`,
};

/**
 * Stores released text of many runs, in the transaction of the manager.
 * @param owner the process that must still own the runs.
 * @returns the ids of the runs that it owns; nothing was written for the others.
 */
export async function storeParts(
  manager: EntityManager,
  owner: string,
  parts: readonly UnstoredPart[],
): Promise<Set<string>> {
  const runIds = parts.map(({ runId }) => runId);
  const held = new Set(await heldRuns(manager, owner, runIds));
  const kept = parts.filter(({ runId }) => held.has(runId));
  if (kept.length > 0) {
    await manager.query(INSERT[engineOf(manager)], [JSON.stringify(kept)]);
  }
  return held;
}

/** Which of the runs the owner still has, locked until the transaction ends. */
async function heldRuns(
  manager: EntityManager,
  owner: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(...heldQuery(engineOf(manager), owner, ids));
  return rows.map(({ id }) => id);
}

function heldQuery(engine: Engine, owner: string, ids: readonly string[]): [string, unknown[]] {
  const select = "SELECT id FROM runs WHERE status = 'answering' AND ";
  switch (engine) {
    case 'sqlite':
      return [
        `${select} owner = ? AND id IN (SELECT value FROM json_each(?))`,
        [owner, JSON.stringify(ids)],
      ];
    case 'mariadb':
      return [
        `${select} owner = ? AND id IN (${ids.map(() => '?').join(',')}) FOR UPDATE`,
        [owner, ...ids],
      ];
    case 'postgres':
      return [`${select} owner = $1 AND id = ANY($2) FOR UPDATE`, [owner, ids]];
  }
}
