import { Module } from '@nestjs/common';
import { DocumentBytes } from './document-bytes.repository.js';
import { IngestQueue } from './ingest-queue.js';
import { DatabaseIngestQueue } from './queue/database-ingest-queue.js';
import { IngestJobsRepository } from './queue/ingest-jobs.repository.js';

@Module({
  providers: [
    DocumentBytes,
    IngestJobsRepository,
    {
      provide: IngestQueue,
      inject: [IngestJobsRepository],
      useFactory: (jobs: IngestJobsRepository) => new DatabaseIngestQueue(jobs),
    },
  ],
  exports: [DocumentBytes, IngestQueue],
})
export class IngestModule {}
