import 'reflect-metadata';
import { existsSync, mkdirSync } from 'node:fs';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseTarget } from './database-target.js';
import { Chunk } from './entities/chunk.entity.js';
import { CollectionShare } from './entities/collection-share.entity.js';
import { Collection } from './entities/collection.entity.js';
import { Command } from './entities/command.entity.js';
import { Conversation } from './entities/conversation.entity.js';
import { ConversationMask } from './entities/conversation-mask.entity.js';
import { DocumentVersion } from './entities/document-version.entity.js';
import { Document } from './entities/document.entity.js';
import { Feedback } from './entities/feedback.entity.js';
import { GuardrailEvent } from './entities/guardrail-event.entity.js';
import { GuardrailPolicy } from './entities/guardrail-policy.entity.js';
import { GuardrailPublication } from './entities/guardrail-publication.entity.js';
import { GuardrailReplay } from './entities/guardrail-replay.entity.js';
import { IngestJob } from './entities/ingest-job.entity.js';
import { LimitCounter } from './entities/limit-counter.entity.js';
import { Limit } from './entities/limit.entity.js';
import { PostPart } from './entities/post-part.entity.js';
import { PostSource } from './entities/post-source.entity.js';
import { Post } from './entities/post.entity.js';
import { Process } from './entities/process.entity.js';
import { RefreshToken } from './entities/refresh-token.entity.js';
import { Reservation } from './entities/reservation.entity.js';
import { Run } from './entities/run.entity.js';
import { Session } from './entities/session.entity.js';
import { Summary } from './entities/summary.entity.js';
import { TrainingPair } from './entities/training-pair.entity.js';
import { UsageHour } from './entities/usage-hour.entity.js';
import { Usage } from './entities/usage.entity.js';
import { User } from './entities/user.entity.js';
import { WebAnswer } from './entities/web-answer.entity.js';
import { WebCount } from './entities/web-count.entity.js';
import { mariadbDriver } from './mariadb/connector.js';
import { CreateAccounts1763600000000 } from './migrations/1763600000000-create-accounts.js';
import { CreateConversations1763600000001 } from './migrations/1763600000001-create-conversations.js';
import { CreateRuns1763600000002 } from './migrations/1763600000002-create-runs.js';
import { CreateSearch1763600000003 } from './migrations/1763600000003-create-search.js';
import { ListByChannel1763600000004 } from './migrations/1763600000004-list-by-channel.js';
import { DatePrices1764000000000 } from './migrations/1764000000000-date-prices.js';
import { CreateLimits1764000000001 } from './migrations/1764000000001-create-limits.js';
import { FoldUsage1764000000002 } from './migrations/1764000000002-fold-usage.js';
import { KeepWindow1764100000000 } from './migrations/1764100000000-keep-window.js';
import { CreateCommands1764100000001 } from './migrations/1764100000001-create-commands.js';
import { BranchConversations1764100000002 } from './migrations/1764100000002-branch-conversations.js';
import { CreateKnowledge1764200000000 } from './migrations/1764200000000-create-knowledge.js';
import { CreateChunkSearch1764200000001 } from './migrations/1764200000001-create-chunk-search.js';
import { CreateWebAnswers1764200000002 } from './migrations/1764200000002-create-web-answers.js';
import { KeepSources1764200000003 } from './migrations/1764200000003-keep-sources.js';
import { IndexDocuments1764200000004 } from './migrations/1764200000004-index-documents.js';
import { CreateTraining1764200000005 } from './migrations/1764200000005-create-training.js';
import { CreateGuardrails1764300000000 } from './migrations/1764300000000-create-guardrails.js';
import { NoteReplays1764400000000 } from './migrations/1764400000000-note-replays.js';
import { driverCode, isDatabaseAway } from './driver-errors.js';
import { requireMigratable, requireUnicode, requireWritable } from './fitness.js';
import { migrate } from './migrate.js';
import { type MigrationLock, withMigrationLock } from './migration-lock.js';
import { untilReached } from './reach-server.js';
import { DatabaseUnfitError, openFailure } from './open-failure.rules.js';
import { BUSY_TIMEOUT_MS, mariadbAccount, postgresAccount } from './server-options.js';
import { isolateTransactions } from './sqlite/isolated-transactions.js';
import { ThreadedDatabase } from './sqlite/threaded-database.js';
import type { WorkshopRules } from './workshop/workshop-rules.js';
import { watchedPostgres } from './watched-postgres.js';
import { migrateAndTakeOver } from './workshop/workshop-upgrade.js';

const entities = [
  Chunk,
  Collection,
  CollectionShare,
  Command,
  Conversation,
  Document,
  DocumentVersion,
  Feedback,
  IngestJob,
  Limit,
  LimitCounter,
  Post,
  PostPart,
  PostSource,
  Process,
  RefreshToken,
  Reservation,
  Run,
  Session,
  Summary,
  TrainingPair,
  GuardrailPolicy,
  GuardrailPublication,
  GuardrailReplay,
  GuardrailEvent,
  ConversationMask,
  Usage,
  UsageHour,
  User,
  WebAnswer,
  WebCount,
];

const migrations = [
  CreateAccounts1763600000000,
  CreateConversations1763600000001,
  CreateRuns1763600000002,
  CreateSearch1763600000003,
  ListByChannel1763600000004,
  DatePrices1764000000000,
  CreateLimits1764000000001,
  FoldUsage1764000000002,
  KeepWindow1764100000000,
  CreateCommands1764100000001,
  BranchConversations1764100000002,
  CreateKnowledge1764200000000,
  CreateChunkSearch1764200000001,
  CreateWebAnswers1764200000002,
  KeepSources1764200000003,
  IndexDocuments1764200000004,
  CreateTraining1764200000005,
  CreateGuardrails1764300000000,
  NoteReplays1764400000000,
];

/** @param line progress, for whoever started the server. */
type Say = (line: string) => void;

/**
 * Connects and brings the schema up to date, one process at a time.
 * @param rules lets a database of the ml-end2end workshop become Prosa's; without them, it is refused.
 * @throws {DatabaseUnfitError} when it cannot be reached or used; its message is for the operator.
 */
export async function openDatabase(
  target: DatabaseTarget,
  say: Say = () => undefined,
  rules?: WorkshopRules,
): Promise<DataSource> {
  const open = (lock?: MigrationLock) => initialize(target, say, rules, lock);
  try {
    // SQLite's folder belongs to this process anyhow: see sqlite/folder-lock.ts
    return await (target.engine === 'sqlite' ? open() : withMigrationLock(target, say, open));
  } catch (error) {
    throw toUnfit(error, target);
  }
}

/**
 * Connects to a database beside the server that keeps it, to read only: changes nothing, takes no
 * lock and runs no migration.
 * @throws {DatabaseUnfitError} when it cannot be reached; its message is for the operator.
 */
export async function openForReading(target: DatabaseTarget): Promise<DataSource> {
  if (target.engine === 'sqlite' && !existsSync(target.file)) {
    throw new DatabaseUnfitError(
      `There is no database ${target.file} (DATA_DIR, DATABASE_URL); Prosa makes it at its first start`,
    );
  }
  try {
    const dataSource = await new DataSource(optionsFor(target)).initialize();
    if (target.engine === 'sqlite') isolateTransactions(dataSource);
    return dataSource;
  } catch (error) {
    throw toUnfit(error, target);
  }
}

async function initialize(
  target: DatabaseTarget,
  say: Say,
  rules: WorkshopRules | undefined,
  lock: MigrationLock | undefined,
): Promise<DataSource> {
  const connect = () => new DataSource(optionsFor(target)).initialize();
  const dataSource = await (target.engine === 'sqlite'
    ? connect()
    : untilReached(target, say, connect));
  const requireHeld = () => lock?.requireHeld() ?? Promise.resolve();
  try {
    if (target.engine === 'sqlite') {
      isolateTransactions(dataSource);
    }
    // In here, because an interrupted take-over of another database makes it so again.
    const runMigrations = async () => {
      await requireMigratable(dataSource);
      await requireUnicode(dataSource);
      await migrate(dataSource, requireHeld);
    };
    await migrateAndTakeOver(dataSource, runMigrations, { rules, say, requireHeld });
    await requireWritable(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

function toUnfit(error: unknown, target: DatabaseTarget): DatabaseUnfitError {
  if (error instanceof DatabaseUnfitError) {
    return error;
  }
  // A pool of connections says only that it has none; its cause says why.
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) {
    cause = cause.cause;
  }
  // MariaDB's connector adds the statement to the message, and keeps the server's own words apart.
  const { sqlMessage, message } = cause as { sqlMessage?: string | null; message: string };
  return openFailure(
    { code: driverCode(cause), message: sqlMessage ?? message },
    target,
    isDatabaseAway(cause),
  );
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
        acquireTimeout: BUSY_TIMEOUT_MS,
      };
    case 'postgres':
      return {
        ...shared,
        type: 'postgres',
        driver: watchedPostgres,
        username: target.username,
        poolSize: target.poolSize,
        applicationName: 'prosa',
        parseInt8: true, // Ours stay below 2^53.
        // Bounds both the making of a connection and the wait for a free one.
        extra: { ...postgresAccount(target), keepAlive: true },
      };
  }
}
