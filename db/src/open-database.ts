import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseTarget } from './database-target.js';
import { engineOf } from './engine.js';
import { Conversation } from './entities/conversation.entity.js';
import { Feedback } from './entities/feedback.entity.js';
import { PostPart } from './entities/post-part.entity.js';
import { PostSource } from './entities/post-source.entity.js';
import { Post } from './entities/post.entity.js';
import { Process } from './entities/process.entity.js';
import { RefreshToken } from './entities/refresh-token.entity.js';
import { Run } from './entities/run.entity.js';
import { Session } from './entities/session.entity.js';
import { Usage } from './entities/usage.entity.js';
import { User } from './entities/user.entity.js';
import { mariadbDriver } from './mariadb/connector.js';
import { CreateAccounts1763600000000 } from './migrations/1763600000000-create-accounts.js';
import { CreateConversations1763600000001 } from './migrations/1763600000001-create-conversations.js';
import { CreateRuns1763600000002 } from './migrations/1763600000002-create-runs.js';
import { CreateSearch1763600000003 } from './migrations/1763600000003-create-search.js';
import { isolateTransactions } from './sqlite/isolated-transactions.js';
import { ThreadedDatabase } from './sqlite/threaded-database.js';

const entities = [
  Conversation,
  Feedback,
  Post,
  PostPart,
  PostSource,
  Process,
  RefreshToken,
  Run,
  Session,
  Usage,
  User,
];

const migrations = [
  CreateAccounts1763600000000,
  CreateConversations1763600000001,
  CreateRuns1763600000002,
  CreateSearch1763600000003,
];

/** Seconds a starting process waits for another one that is migrating. */
const MIGRATION_LOCK_SECONDS = 120;

/**
 * Connects and brings the schema up to date, one process at a time.
 * @throws {Error} the driver's, when the database cannot be reached or refuses.
 */
export async function openDatabase(target: DatabaseTarget): Promise<DataSource> {
  const dataSource = new DataSource(optionsFor(target));
  await dataSource.initialize();
  try {
    if (target.engine === 'sqlite') {
      isolateTransactions(dataSource);
    }
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

function optionsFor(target: DatabaseTarget): DataSourceOptions {
  const shared = {
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    logging: false,
  } as const;
  switch (target.engine) {
    case 'sqlite':
      mkdirSync(target.folder, { recursive: true, mode: 0o700 });
      return {
        ...shared,
        type: 'better-sqlite3',
        database: target.file,
        enableWAL: true,
        // FULL: a commit that was acknowledged survives a power cut.
        prepareDatabase: async (database: ThreadedDatabase) => {
          await database.pragma('synchronous = FULL');
        },
        driver: ThreadedDatabase,
      };
    case 'mariadb':
      return {
        ...shared,
        type: 'mariadb',
        driver: mariadbDriver,
        host: target.host,
        port: target.port,
        username: target.username,
        password: target.password,
        database: target.database,
        poolSize: target.poolSize,
        charset: 'utf8mb4',
        timezone: 'Z',
        // A database that is away is told of within a second: F19. Waiting longer helps nobody.
        connectTimeout: 800,
        acquireTimeout: 800,
      };
  }
}

async function migrate(dataSource: DataSource): Promise<void> {
  if (engineOf(dataSource) === 'sqlite') {
    await dataSource.runMigrations(); // One process has the folder: see sqlite/folder-lock.ts
    return;
  }
  const runner = dataSource.createQueryRunner();
  try {
    const rows = (await runner.query('SELECT GET_LOCK(?, ?) AS got', [
      'prosa_migrations',
      MIGRATION_LOCK_SECONDS,
    ])) as readonly { got: number | null }[];
    if (rows[0]?.got !== 1) {
      throw new Error('Another process has been migrating the database for two minutes');
    }
    await dataSource.runMigrations();
    await runner.query('DO RELEASE_LOCK(?)', ['prosa_migrations']);
  } finally {
    await runner.release();
  }
}
