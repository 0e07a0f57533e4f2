import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseTarget } from './database-target.js';
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
import { migrate } from './migrate.js';
import { type MigrationLock, withMigrationLock } from './migration-lock.js';
import { CONNECT_TIMEOUT_MS, mariadbAccount, postgresAccount } from './server-options.js';
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

/** @param line progress, for whoever started the server. */
type Say = (line: string) => void;

/**
 * Connects and brings the schema up to date, one process at a time.
 * @throws {Error} the driver's, when the database cannot be reached or refuses.
 */
export async function openDatabase(
  target: DatabaseTarget,
  say: Say = () => undefined,
): Promise<DataSource> {
  const dataSource = new DataSource(optionsFor(target));
  await dataSource.initialize();
  try {
    if (target.engine === 'sqlite') {
      isolateTransactions(dataSource);
      await upgrade(dataSource); // One process has the folder: see sqlite/folder-lock.ts
    } else {
      await withMigrationLock(target, say, (lock) => upgrade(dataSource, lock));
    }
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Everything that one process alone does with the database before it serves anybody. */
async function upgrade(dataSource: DataSource, lock?: MigrationLock): Promise<void> {
  await migrate(dataSource, () => lock?.requireHeld() ?? Promise.resolve());
}

function optionsFor(target: DatabaseTarget): DataSourceOptions {
  const shared = { entities, migrations, logging: false } as const;
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
        ...mariadbAccount(target),
        type: 'mariadb',
        driver: mariadbDriver,
        username: target.username,
        poolSize: target.poolSize,
        charset: 'utf8mb4',
        timezone: 'Z',
        acquireTimeout: CONNECT_TIMEOUT_MS,
      };
    case 'postgres':
      return {
        ...shared,
        type: 'postgres',
        driver: pg,
        username: target.username,
        poolSize: target.poolSize,
        applicationName: 'prosa',
        parseInt8: true, // Ours stay below 2^53.
        // Bounds both the making of a connection and the wait for a free one.
        extra: { ...postgresAccount(target), keepAlive: true },
      };
  }
}
