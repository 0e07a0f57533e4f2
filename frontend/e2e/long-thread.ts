import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';

const ROOT = join(import.meta.dirname, '../..');

/** A prompt and its answer. */
export interface Turn {
  readonly prompt: string;
  readonly body: string;
}

/** A conversation that was written straight into the database, and its posts from old to new. */
export interface LongThread {
  readonly id: number;
  readonly posts: readonly number[];
}

/** What this needs of the built database code. */
interface SearchWords {
  readonly indexedWords: (ownerId: number, text: string) => string;
}

/**
 * Writes a conversation into the SQLite database of a Prosa that is running, since asking thousands
 * of questions one after the other would take minutes. Each turn is the parent of the next.
 * @param folder its DATA_DIR
 */
export async function writeThread(
  folder: string,
  username: string,
  turns: readonly Turn[],
): Promise<LongThread> {
  const words = join(ROOT, 'dist/db/src/search/search-words.rules.js');
  const { indexedWords } = (await import(pathToFileURL(words).href)) as SearchWords;
  const database = new Database(join(folder, 'prosa.db'), { timeout: 10_000 });
  const run = (sql: string, ...values: readonly unknown[]): number =>
    Number(database.prepare(sql).run(...values).lastInsertRowid);
  const write = database.transaction((): LongThread => {
    const owner = database.prepare('SELECT id FROM users WHERE username = ?').pluck().get(username);
    const now = timeOf(turns.length);
    const id = run(
      `INSERT INTO conversation (status, user_id, created_at, updated_at, title, title_by_person, channel)
       VALUES ('online', ?, ?, ?, 'Conversa comprida', 1, 'web')`,
      ...[owner, now, now],
    );
    const posts: number[] = [];
    for (const { prompt, body } of turns) {
      const post = run(
        `INSERT INTO posts (prompt, body, conversation_id, created_at, parent_id, status)
         VALUES (?, ?, ?, ?, ?, 'done')`,
        ...[prompt, body, id, timeOf(posts.length), posts.at(-1) ?? null],
      );
      posts.push(post);
      const entry = [post * 2, id, post];
      run('INSERT INTO search_text (id, conversation_id, post_id) VALUES (?, ?, ?)', ...entry);
      const text = indexedWords(Number(owner), `${prompt}\n${body}`);
      run('INSERT INTO search_words (rowid, words) VALUES (?, ?)', post * 2, text);
    }
    run('UPDATE conversation SET leaf_post_id = ? WHERE id = ?', posts.at(-1) ?? null, id);
    return { id, posts };
  });
  try {
    return write.immediate();
  } finally {
    database.close();
  }
}

/** A minute for each turn, as the engine writes times. */
const timeOf = (minute: number): string =>
  new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString().replace('T', ' ').slice(0, -1);
