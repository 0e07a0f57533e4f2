import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Engine, engineOf } from '../engine.js';

/**
 * The words by which passages are found (see `search/chunk-index.ts`), one row a passage with the
 * same id, gone with it; and the vectors of small installs. SQLite's word index knows no foreign
 * key, so there a trigger takes the row away: also where a person goes, and everything of theirs.
 */
const UP: Record<Engine, readonly string[]> = {
  sqlite: [
    `CREATE VIRTUAL TABLE chunk_words USING fts5(place, title, heading, words,
       tokenize="unicode61 remove_diacritics 0 tokenchars '_'")`,
    `CREATE TRIGGER TR_chunks_words AFTER DELETE ON chunks BEGIN
       DELETE FROM chunk_words WHERE rowid = old.id; END`,
    `CREATE TABLE chunk_vectors (
       chunk_id integer NOT NULL CONSTRAINT FK_chunk_vectors_chunk
         REFERENCES chunks (id) ON DELETE CASCADE,
       model varchar(128) NOT NULL,
       vector blob NOT NULL,
       PRIMARY KEY (chunk_id, model))`,
  ],
  mariadb: [
    `CREATE TABLE chunk_words (
       id int NOT NULL PRIMARY KEY,
       place varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       title varchar(2048) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       heading text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       words longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       FULLTEXT KEY FT_chunk_words (place, title, heading, words),
       CONSTRAINT FK_chunk_words_chunk FOREIGN KEY (id) REFERENCES chunks (id) ON DELETE CASCADE
     ) ENGINE=InnoDB`,
    `CREATE TABLE chunk_vectors (
       chunk_id int NOT NULL,
       model varchar(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       vector blob NOT NULL,
       PRIMARY KEY (chunk_id, model),
       CONSTRAINT FK_chunk_vectors_chunk FOREIGN KEY (chunk_id) REFERENCES chunks (id) ON DELETE CASCADE
     ) ENGINE=InnoDB`,
  ],
  postgres: [
    `CREATE TABLE chunk_words (
       id int PRIMARY KEY CONSTRAINT FK_chunk_words_chunk REFERENCES chunks (id) ON DELETE CASCADE,
       words tsvector NOT NULL)`,
    'CREATE INDEX FT_chunk_words ON chunk_words USING gin (words)',
    `CREATE TABLE chunk_vectors (
       chunk_id int NOT NULL CONSTRAINT FK_chunk_vectors_chunk
         REFERENCES chunks (id) ON DELETE CASCADE,
       model varchar(128) NOT NULL,
       vector bytea NOT NULL,
       PRIMARY KEY (chunk_id, model))`,
  ],
};

export class CreateChunkSearch1764200000001 implements MigrationInterface {
  readonly name = 'CreateChunkSearch1764200000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP[engineOf(runner)]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    if (engineOf(runner) === 'sqlite') await runner.query('DROP TRIGGER TR_chunks_words');
    await runner.query('DROP TABLE chunk_vectors');
    await runner.query('DROP TABLE chunk_words');
  }
}
