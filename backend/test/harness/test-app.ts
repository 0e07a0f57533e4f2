import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type Engine, openDatabase } from '#db';
import { createTestDatabase } from '../../../db/test/test-databases.js';
import { createApp } from '../../src/app.js';
import { loadEnv } from '../../src/config/load-env.js';
import { createLogger } from '../../src/platform/logging.js';

/** The whole server, listening on a free port, on a database of its own. */
export interface TestApp {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

/**
 * Starts the real application, without any replaced part.
 * @param settings environment variables beside those a test needs anyway.
 * @param log takes the log's lines (with `LOG_LEVEL` set).
 */
export async function startTestApp(
  engine: Engine = 'sqlite',
  settings: Record<string, string> = {},
  log?: string[],
): Promise<TestApp> {
  const database = await createTestDatabase(engine);
  const folder = mkdtempSync(join(tmpdir(), 'prosa-data-'));
  const env = loadEnv({
    LOG_LEVEL: 'silent',
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    LLM_MODELS: 'quotes',
    // Nothing listens there: no test asks the real hub.
    HF_ENDPOINT: 'http://127.0.0.1:9',
    TITLE_MODEL: 'off',
    // No test asks the real web.
    WEB_SEARCH: 'off',
    ...settings,
  });
  const dataSource = await openDatabase(database.target);
  const app = await createApp(
    env,
    dataSource,
    log && createLogger(env, { write: (line) => void log.push(line) }),
  );
  await app.listen(0, '127.0.0.1');
  return {
    url: await app.getUrl(),
    app,
    dataSource,
    async close() {
      await app.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
