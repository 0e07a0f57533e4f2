import type { EntityManager, QueryRunner } from 'typeorm';
import { Conversation } from '../entities/conversation.entity.js';
import { indexedWords } from '../search/search-words.rules.js';
import { type SearchEntry, searchRowId } from '../search/search-index.js';
import {
  type Chain,
  emptyChain,
  inGroups,
  link,
  type LinkedPost,
  type OldConversation,
  type OldPost,
  statusOf,
  timesOf,
} from './conversation.rules.js';
import { Progress } from './progress.js';
import { numberOf, rowsOf, timeLiteral, timeOf, timeSql } from './rows.js';
import type { Upgrade } from './workshop-rules.js';
import { asideName, type Tables } from './workshop-tables.rules.js';

/** Conversations looked up at once. */
const CONVERSATIONS = 200;

/** Posts of several conversations in one transaction; a longer one has a transaction of its own. */
const POSTS_PER_GROUP = 2000;

/** Posts in memory at once: 32 MB when each column of the workshop's `text` is full. */
const POSTS_AT_ONCE = 250;

/** Characters of search words in one statement, far below the server's smallest usual packet. */
const WORDS_PER_STATEMENT = 1_000_000;

const POSTS = asideName('posts');
const CONVERSATIONS_ASIDE = asideName('conversation');

/** Texts stay in the database: they are as long as anybody made them. Only what is new travels. */
const INSERT_POSTS = `INSERT INTO posts
    (id, prompt, body, conversation_id, created_at, parent_id, status, error_code, finished_at)
  SELECT old.id, COALESCE(old.prompt, ''), COALESCE(old.body, ''), old.conversation_id,
    new.created_at, new.parent_id, new.status, new.error_code, new.created_at
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id int PATH '$.id', parent_id int PATH '$.parentId',
    status varchar(16) PATH '$.status', error_code varchar(40) PATH '$.errorCode',
    created_at datetime(3) PATH '$.createdAt')) AS new
  STRAIGHT_JOIN ${POSTS} old ON old.id = new.id`;

const INSERT_WORDS = `INSERT INTO search_text (id, conversation_id, post_id, words)
  SELECT id, conversation_id, post_id, words
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id bigint PATH '$.id', conversation_id int PATH '$.conversationId',
    post_id int PATH '$.postId', words longtext PATH '$.words')) AS entry`;

const FINISH_CONVERSATIONS = `UPDATE conversation c
  JOIN JSON_TABLE(?, '$[*]' COLUMNS (id int PATH '$.id', title varchar(255) PATH '$.title',
    leaf int PATH '$.leaf', created_at datetime(3) PATH '$.createdAt',
    updated_at datetime(3) PATH '$.updatedAt')) AS end ON c.id = end.id
  SET c.title = end.title, c.leaf_post_id = end.leaf, c.created_at = end.created_at,
    c.updated_at = end.updated_at`;

type CountedConversation = OldConversation & { readonly posts: number };
type PostRow = Omit<OldPost, 'createdAt'> & { readonly createdAt: string | null };

/** Makes Prosa's conversations of the old ones. Begins after the last that is there. */
export class ConversationTaker {
  private readonly conversationTime: string;
  private readonly postTime: string;
  private readonly runner: QueryRunner;

  constructor(
    private readonly upgrade: Upgrade,
    tables: Tables,
    private readonly unknownTime: Date,
  ) {
    this.runner = upgrade.runner;
    const timeIn = (table: string) =>
      timeSql('old.created_at', tables.get(table)?.columns.get('created_at'));
    this.conversationTime = timeIn(CONVERSATIONS_ASIDE);
    this.postTime = timeIn(POSTS);
  }

  async takeOver(): Promise<void> {
    let last = await numberOf(this.runner, 'SELECT MAX(id) AS n FROM conversation');
    const left = await numberOf(
      this.runner,
      `SELECT COUNT(*) AS n FROM ${POSTS} p
       JOIN ${CONVERSATIONS_ASIDE} old ON old.id = p.conversation_id
       JOIN users u ON u.id = old.user_id WHERE old.id > ?`,
      [last],
    );
    const progress = new Progress('posts taken over', left, this.upgrade.say);
    for (;;) {
      const found = await this.conversationsAfter(last);
      if (found.length === 0) {
        break;
      }
      for (const group of inGroups(found, POSTS_PER_GROUP)) {
        await this.takeGroup(group);
        progress.add(group.reduce((sum, { posts }) => sum + posts, 0));
      }
      last = found.at(-1)?.id ?? last;
    }
    progress.end();
  }

  private async conversationsAfter(last: number): Promise<CountedConversation[]> {
    type Row = Omit<CountedConversation, 'createdAt'> & { createdAt: string | null };
    const rows = await rowsOf<Row>(
      this.runner,
      `SELECT old.id, old.user_id AS userId, old.status, ${this.conversationTime} AS createdAt,
         (SELECT COUNT(*) FROM ${POSTS} p WHERE p.conversation_id = old.id) AS posts
       FROM ${CONVERSATIONS_ASIDE} old JOIN users u ON u.id = old.user_id
       WHERE old.id > ? ORDER BY old.id LIMIT ${String(CONVERSATIONS)}`,
      [last],
    );
    return rows.map((row) => ({ ...row, createdAt: timeOf(row.createdAt) }));
  }

  private async takeGroup(group: readonly CountedConversation[]): Promise<void> {
    await this.upgrade.requireHeld();
    await this.runner.startTransaction();
    try {
      await this.insertConversations(group);
      const chains = new Map(group.map((old) => [old.id, emptyChain(old)]));
      await this.takePosts(chains);
      await this.finish([...chains.values()]);
      await this.runner.commitTransaction();
    } catch (error) {
      await this.runner.rollbackTransaction().catch(() => undefined); // The first error tells more.
      throw error;
    }
  }

  private async insertConversations(group: readonly CountedConversation[]): Promise<void> {
    const now = new Date();
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(Conversation)
      .values(
        group.map((old) => ({
          id: old.id,
          userId: old.userId,
          status: statusOf(old.status),
          // From now on, so that the trash is not emptied before anybody has looked into it.
          deletedAt: statusOf(old.status) === 'deleted' ? now : null,
          ...timesOf(emptyChain(old), this.unknownTime),
          titleByPerson: false,
          channel: 'web',
        })),
      )
      .updateEntity(false)
      .execute();
  }

  private async takePosts(chains: Map<number, Chain>): Promise<void> {
    const ids = [...chains.keys()];
    let after: Pick<OldPost, 'id' | 'conversationId'> = { conversationId: 0, id: 0 };
    for (;;) {
      const posts = await this.postsAfter(after, ids);
      const end = posts.at(-1);
      if (end === undefined) {
        return;
      }
      const linked = posts.map((post) =>
        linkTo(chains, post, this.upgrade.rules.titleOf, this.unknownTime),
      );
      await this.runner.query(INSERT_POSTS, [
        JSON.stringify(linked.map((post) => ({ ...post, createdAt: timeLiteral(post.createdAt) }))),
      ]);
      await this.index(
        posts.map(({ id, conversationId, prompt, body }) => ({
          ownerId: chains.get(conversationId)?.conversation.userId ?? 0,
          conversationId,
          postId: id,
          text: `${prompt ?? ''}\n${body ?? ''}`,
        })),
      );
      after = end;
    }
  }

  private async postsAfter(
    after: Pick<OldPost, 'id' | 'conversationId'>,
    conversationIds: readonly number[],
  ): Promise<OldPost[]> {
    const later = conversationIds.filter((id) => id > after.conversationId);
    const rows = await rowsOf<PostRow>(
      this.runner,
      `SELECT old.id, old.conversation_id AS conversationId, old.prompt, old.body,
         ${this.postTime} AS createdAt
       FROM ${POSTS} old
       WHERE (old.conversation_id = ? AND old.id > ?) OR old.conversation_id IN (?)
       ORDER BY old.conversation_id, old.id LIMIT ${String(POSTS_AT_ONCE)}`,
      [after.conversationId, after.id, later.length > 0 ? later : [0]],
    );
    return rows.map((row) => ({ ...row, createdAt: timeOf(row.createdAt) }));
  }

  private async finish(chains: readonly Chain[]): Promise<void> {
    const ends = chains.map((chain) => {
      const { createdAt, updatedAt } = timesOf(chain, this.unknownTime);
      return {
        id: chain.conversation.id,
        title: chain.title,
        leaf: chain.leafPostId,
        createdAt: timeLiteral(createdAt),
        updatedAt: timeLiteral(updatedAt),
      };
    });
    await this.runner.query(FINISH_CONVERSATIONS, [JSON.stringify(ends)]);
    await this.index(
      chains.flatMap(({ conversation, title }) =>
        title === null
          ? []
          : [
              {
                ownerId: conversation.userId,
                conversationId: conversation.id,
                postId: null,
                text: title,
              },
            ],
      ),
    );
  }

  /** Makes texts findable, as `indexEntry` would one by one. */
  private async index(entries: readonly SearchEntry[]): Promise<void> {
    let rows: object[] = [];
    let characters = 0;
    const write = async () => {
      if (rows.length > 0) {
        await this.runner.query(INSERT_WORDS, [JSON.stringify(rows)]);
      }
      rows = [];
      characters = 0;
    };
    for (const entry of entries) {
      const { conversationId, postId } = entry;
      const words = indexedWords(entry.ownerId, entry.text);
      if (characters + words.length > WORDS_PER_STATEMENT) {
        await write();
      }
      rows.push({ id: searchRowId(entry), conversationId, postId, words });
      characters += words.length;
    }
    await write();
  }

  private get manager(): EntityManager {
    return this.runner.manager;
  }
}

function linkTo(
  chains: Map<number, Chain>,
  post: OldPost,
  titleOf: (prompt: string) => string,
  unknownTime: Date,
): LinkedPost {
  const before = chains.get(post.conversationId);
  if (before === undefined) {
    throw new Error(`post ${String(post.id)} belongs to no conversation of its group`);
  }
  const { post: linked, chain } = link(before, post, titleOf, unknownTime);
  chains.set(post.conversationId, chain);
  return linked;
}
