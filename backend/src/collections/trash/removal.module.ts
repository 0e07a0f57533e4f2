import { Module } from '@nestjs/common';
import { IngestModule } from '../../ingest/ingest.module.js';
import { RemovalRepository } from './removal.repository.js';

/** For features whose deletions take documents with them. */
@Module({
  imports: [IngestModule],
  providers: [RemovalRepository],
  exports: [RemovalRepository],
})
export class RemovalModule {}
