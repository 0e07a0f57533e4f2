import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Engine, engineOf } from '../engine.js';

/**
 * What is searched: one row a title and one a post (see `search/search-index.ts`). `words` is
 * compared byte by byte, because case and accents were folded before it was written.
 */
const UP: Record<Engine, readonly string[]> = {
  sqlite: [
    `CREATE TABLE search_text (
       id integer PRIMARY KEY,
       conversation_id integer NOT NULL CONSTRAINT FK_search_text_conversation
         REFERENCES conversation (id) ON DELETE CASCADE,
       post_id integer)`,
    'CREATE INDEX IDX_search_text_conversation ON search_text (conversation_id)',
    `CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1,
       tokenize='unicode61 remove_diacritics 0')`,
  ],
  mariadb: [
    `CREATE TABLE search_text (
       id bigint NOT NULL PRIMARY KEY,
       conversation_id int NOT NULL,
       post_id int NULL,
       words longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       KEY IDX_search_text_conversation (conversation_id),
       FULLTEXT KEY FT_search_text_words (words),
       CONSTRAINT FK_search_text_conversation FOREIGN KEY (conversation_id)
         REFERENCES conversation (id) ON DELETE CASCADE
     ) ENGINE=InnoDB`,
  ],
  postgres: [
    `CREATE TABLE search_text (
       id bigint PRIMARY KEY,
       conversation_id int NOT NULL CONSTRAINT FK_search_text_conversation
         REFERENCES conversation (id) ON DELETE CASCADE,
       post_id int,
       words tsvector NOT NULL)`,
    'CREATE INDEX IDX_search_text_conversation ON search_text (conversation_id)',
    'CREATE INDEX FT_search_text_words ON search_text USING gin (words)',
  ],
};

export class CreateSearch1763600000003 implements MigrationInterface {
  readonly name = 'CreateSearch1763600000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP[engineOf(runner)]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    if (engineOf(runner) === 'sqlite') {
      await runner.query('DROP TABLE search_words');
    }
    await runner.query('DROP TABLE search_text');
  }
}
