import { Module } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { FetchingModule } from '../fetching/fetching.module.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { Redis } from '../platform/redis.js';
import { DocumentBytes } from './document-bytes.repository.js';
import { IngestDocument } from './ingest-document.js';
import { IngestQueue } from './ingest-queue.js';
import { IngestWorker } from './ingest-worker.js';
import { PageBytes } from './page-bytes.js';
import { Parser } from './parsing/parser.js';
import { PassagesRepository } from './passages.repository.js';
import { BullIngestQueue } from './queue/bull-ingest-queue.js';
import { DatabaseIngestQueue } from './queue/database-ingest-queue.js';
import { IngestJobsRepository } from './queue/ingest-jobs.repository.js';
import { Room } from './room.repository.js';
import { VersionsRepository } from './versions.repository.js';

/** Reads the documents that are added, and makes them findable. */
@Module({
  imports: [FetchingModule, KnowledgeModule],
  providers: [
    DocumentBytes,
    IngestDocument,
    IngestJobsRepository,
    IngestWorker,
    PageBytes,
    Parser,
    PassagesRepository,
    Room,
    VersionsRepository,
    {
      provide: IngestQueue,
      inject: [IngestJobsRepository, Redis, ENV],
      useFactory: (jobs: IngestJobsRepository, redis: Redis, { INGEST_AT_ONCE }: Env) =>
        redis.isConfigured
          ? new BullIngestQueue(jobs, INGEST_AT_ONCE, redis)
          : new DatabaseIngestQueue(jobs, INGEST_AT_ONCE),
    },
  ],
  exports: [DocumentBytes, IngestQueue, Room],
})
export class IngestModule {}
