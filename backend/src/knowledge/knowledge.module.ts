import { Module } from '@nestjs/common';
import { DocumentationModule } from './documentation/documentation.module.js';
import { ChunkIndexes } from './search/chunk-indexes.js';
import { ChunksRepository } from './search/chunks.repository.js';
import { DatabaseKnowledgeSearch } from './search/database-knowledge-search.js';
import { KnowledgeSearch } from './search/knowledge-search.js';
import { WordCounts } from './search/word-counts.js';

/** What answers may stand on: the documents of the team, and Prosa's own documentation. */
@Module({
  imports: [DocumentationModule],
  providers: [
    ChunkIndexes,
    ChunksRepository,
    WordCounts,
    DatabaseKnowledgeSearch,
    { provide: KnowledgeSearch, useExisting: DatabaseKnowledgeSearch },
  ],
  exports: [DocumentationModule, KnowledgeSearch, ChunkIndexes],
})
export class KnowledgeModule {}
