import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseTarget, type Engine, openDatabase } from '#db';
import { createTestDatabase } from '../../../db/test/test-databases.js';
import { createApp } from '../../src/app.js';
import { loadEnv } from '../../src/config/load-env.js';
import type { TestApp } from './test-app.js';

/** A database and a data folder, on which servers start together or one after another. */
export interface Place {
  /** The environment of a server here. */
  readonly settings: Readonly<Record<string, string>>;
  /** Starts a server in this process; its `close` leaves the database as it is. */
  start(settings?: Readonly<Record<string, string>>): Promise<TestApp>;
  drop(): Promise<void>;
}

/** @param settings environment variables of every server here. */
export async function aPlace(
  engine: Engine,
  settings: Readonly<Record<string, string>>,
): Promise<Place> {
  const database = await createTestDatabase(engine);
  const folder = mkdtempSync(join(tmpdir(), 'prosa-place-'));
  const own = {
    LOG_LEVEL: 'silent',
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    JWT_SECRET: 'the secret that the servers of a place share',
    WEB_SEARCH: 'off',
    ...settings,
  };
  return {
    settings: own,
    async start(more = {}) {
      const env = loadEnv({ ...own, ...more });
      const target = databaseTarget(env.DATABASE_URL, folder, {
        poolSize: env.DATABASE_POOL_SIZE,
      });
      const dataSource = await openDatabase(target);
      const app = await createApp(env, dataSource);
      await app.listen(0, '127.0.0.1');
      return { url: await app.getUrl(), app, dataSource, close: () => app.close() };
    },
    async drop() {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
