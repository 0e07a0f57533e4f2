import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { Post, PostPart, Process, Run } from '#db';
import { SpoolReplay } from '../../src/answering/spool/spool-replay.js';
import { toLine } from '../../src/answering/spool/spooled-run.js';
import { ENV } from '../../src/config/config.module.js';
import type { Env } from '../../src/config/env.schema.js';
import { startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, asked } from '../harness/asking.js';

// What is read from the disk after a crash must wait for a backup that has the database locked.
it('should keep what it cannot write because somebody else has the database locked', async () => {
  const app = await startAnsweringApp();
  const { id: postId } = await asked(app.client, await aConversation(app.client), 'say: um');
  const { id: runId } = await app.dataSource.getRepository(Run).findOneByOrFail({ postId });
  const owner = 'e'.repeat(32);
  // So that it is not ended as an orphan before it is looked at here.
  await app.dataSource.getRepository(Process).insert({ id: owner, seenAt: new Date('2100-01-01') });
  await app.dataSource
    .getRepository(Post)
    .update({ id: postId }, { status: 'answering', body: '' });
  await app.dataSource.getRepository(Run).update({ id: runId }, { status: 'answering', owner });
  await app.dataSource.query('PRAGMA busy_timeout = 20');
  const folder = join(app.app.get<Env>(ENV).DATA_DIR, 'spool');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${runId}.jsonl`);
  const lines = [{ of: { runId, postId, owner } }, { text: { start: 0, text: 'visto' } }] as const;
  writeFileSync(file, lines.map(toLine).join(''));

  const backup = new Database(String(app.dataSource.options.database));
  backup.exec('BEGIN IMMEDIATE');
  const replay = app.app.get(SpoolReplay);
  await expect(replay.replay(runId)).rejects.toThrow(/locked/);
  expect(existsSync(file)).toBe(true);
  backup.exec('COMMIT');
  backup.close();
  await replay.replay(runId);
  expect(existsSync(file)).toBe(false);
  const parts = await app.dataSource.getRepository(PostPart).findBy({ postId });
  expect(parts.map(({ text }) => text)).toEqual(['visto']);
  await app.close();
});
