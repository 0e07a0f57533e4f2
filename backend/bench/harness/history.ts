import { hash } from '@node-rs/argon2';
import { type Engine, engineOf } from '#db';
import type { DataSource, EntityManager } from 'typeorm';
import { built } from './prosa.ts';

type SearchWords = typeof import('../../../db/src/search/search-words.rules.js');

export const PASSWORD = 'um cavalo amarelo no telhado';
export const COMMONEST = 'de';
export const RARE = 'ornitorrinco';

const PEOPLE = 50;
const POSTS_A_CONVERSATION = 10;
const LONG_THREAD = 5000;
const WORDS_A_POST = 40;
const AT_ONCE = 100;
const A_TRANSACTION = 2000;
const MINUTE_MS = 60_000;

const { indexedWords } = await built<SearchWords>('db/src/search/search-words.rules.js');

/** Person 1 has 30 % of all posts; the others' shares fall like 1/n, and the last has few. */
export const share = (person: number) => (person === 1 ? 0.3 : 0.7 / (person * 3.5));

/** A history, and which conversation of person 1 holds 5,000 posts (fewer where there are few). */
export interface History {
  readonly posts: number;
  readonly longThread: number;
  readonly longest: number;
}

/** The same numbers on each machine: a linear congruential generator (Numerical Recipes). */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = numbers();
const SYLLABLES = 'co ra ção ma to le vi do ri na pe lu za bre ti gui fo nha cas der'.split(' ');
const VOCABULARY = Array.from({ length: 8000 }, (_, n) =>
  Array.from({ length: 1 + (n % 4) }, () => SYLLABLES[Math.floor(random() * 20)]).join(''),
);

/** Words as often as Zipf has them, `de` in nearly every post. */
function prose(n: number): string {
  const words = Array.from(
    { length: WORDS_A_POST },
    () => VOCABULARY[Math.floor(8000 ** random()) - 1] ?? '',
  );
  return `${words.join(' ')} ${n % 20 === 0 ? '' : COMMONEST} ${n % 5000 === 7 ? RARE : ''}`;
}

/** Fills an empty database with that many posts, by large statements. */
export async function fill(dataSource: DataSource, posts: number): Promise<History> {
  const password = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const writer = new Writer(engineOf(dataSource));
  await dataSource.transaction((manager) => writer.people(manager, password));
  const longest = Math.min(LONG_THREAD, Math.floor(posts / 10));
  await dataSource.transaction((manager) => writer.thread(manager, 1, longest));
  for (let person = 1; person <= PEOPLE; person += 1) {
    let left = Math.max(20, Math.round(posts * share(person))) - (person === 1 ? longest : 0);
    while (left > 0) {
      const until = left - A_TRANSACTION;
      await dataSource.transaction(async (manager) => {
        while (left > Math.max(0, until)) {
          const length = Math.min(left, POSTS_A_CONVERSATION);
          await writer.thread(manager, person, length);
          left -= length;
        }
        await writer.flush(manager);
      });
    }
  }
  return { posts: writer.posts, longThread: 1, longest };
}

type Row = readonly unknown[];

/** Collects rows and writes a hundred of a table at once. */
class Writer {
  posts = 0;
  private conversations = 0;
  private readonly waiting = new Map<string, Row[]>();

  private readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  async people(manager: EntityManager, password: string): Promise<void> {
    for (let id = 1; id <= PEOPLE; id += 1) {
      const role = id === 1 ? 'admin' : 'member';
      await this.add(
        manager,
        'users (id, username, password, created_at, role, must_change_password)',
        [id, `pessoa${String(id)}`, password, this.time(0), role, 0],
      );
    }
    await this.flush(manager);
  }

  /** A conversation of so many posts, each the parent of the next. */
  async thread(manager: EntityManager, owner: number, length: number): Promise<void> {
    const id = (this.conversations += 1);
    const last = this.posts + length;
    const touched = this.time(last);
    await this.add(
      manager,
      'conversation (id, status, user_id, created_at, updated_at, title, title_by_person, channel, leaf_post_id)',
      [id, 'online', owner, touched, touched, `Conversa ${String(id)}`, 0, 'web', last],
    );
    await this.index(manager, id * 2 + 1, owner, id, null, `Conversa ${String(id)}`);
    for (let parent: number | null = null; this.posts < last; parent = this.posts) {
      const post = (this.posts += 1);
      const [prompt, body] = [`Pergunta ${String(post)}?`, prose(post)];
      await this.add(
        manager,
        'posts (id, prompt, body, conversation_id, created_at, parent_id, status)',
        [post, prompt, body, id, this.time(post), parent, 'done'],
      );
      await this.index(manager, post * 2, owner, id, post, `${prompt}\n${body}`);
    }
  }

  /** Writes what is waiting, parents before children. */
  async flush(manager: EntityManager): Promise<void> {
    for (const [table, rows] of this.waiting) {
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        const some = rows.slice(at, at + AT_ONCE);
        const marks = some.map((row) => `(${row.map(() => '?').join(',')})`).join(',');
        await manager.query(`INSERT INTO ${table} VALUES ${marks}`, some.flat());
      }
      rows.length = 0;
    }
  }

  private async add(manager: EntityManager, table: string, row: Row): Promise<void> {
    const rows = this.waiting.get(table) ?? [];
    this.waiting.set(table, rows);
    rows.push(row);
    if (rows.length >= A_TRANSACTION * 2) await this.flush(manager);
  }

  private async index(
    manager: EntityManager,
    id: number,
    owner: number,
    conversation: number,
    post: number | null,
    text: string,
  ): Promise<void> {
    const words = indexedWords(owner, text);
    if (this.engine === 'sqlite') {
      const row = [id, conversation, post];
      await this.add(manager, 'search_text (id, conversation_id, post_id)', row);
      await this.add(manager, 'search_words (rowid, words)', [id, words]);
    } else {
      const row = [id, conversation, post, words];
      await this.add(manager, 'search_text (id, conversation_id, post_id, words)', row);
    }
  }

  /** A minute for each post, the newest last, as the engine writes times. */
  private time(minute: number): string {
    const text = new Date(Date.UTC(2024, 0, 1) + minute * MINUTE_MS).toISOString();
    return text.replace('T', ' ').replace('Z', '');
  }
}
