import { Module } from '@nestjs/common';
import { EmbeddingsModule } from '../embeddings/embeddings.module.js';
import { LlmModule } from '../llm/llm.module.js';
import { DocumentationModule } from './documentation/documentation.module.js';
import { ChunkVectorsRepository } from './embeddings/chunk-vectors.repository.js';
import { VectorIndex } from './embeddings/vector-index.js';
import { OpenSearchService } from './opensearch/opensearch.service.js';
import { ChunkIndexes } from './search/chunk-indexes.js';
import { ChunksRepository } from './search/chunks.repository.js';
import { CombinedKnowledgeSearch } from './search/combined-knowledge-search.js';
import { IndexableChunksRepository } from './search/indexable-chunks.repository.js';
import { KnowledgeController } from './search/knowledge.controller.js';
import { KnowledgeSearch } from './search/knowledge-search.js';
import { Reindex } from './search/reindex.js';
import { WordCounts } from './search/word-counts.js';
import { WordSearch } from './search/word-search.js';

/** What answers may stand on: the documents of the team, and Prosa's own documentation. */
@Module({
  imports: [DocumentationModule, EmbeddingsModule, LlmModule],
  controllers: [KnowledgeController],
  providers: [
    ChunkIndexes,
    ChunksRepository,
    ChunkVectorsRepository,
    IndexableChunksRepository,
    OpenSearchService,
    Reindex,
    VectorIndex,
    WordCounts,
    WordSearch,
    { provide: KnowledgeSearch, useClass: CombinedKnowledgeSearch },
  ],
  exports: [DocumentationModule, KnowledgeSearch, ChunkIndexes, OpenSearchService],
})
export class KnowledgeModule {}
