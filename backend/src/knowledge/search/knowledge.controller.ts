import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import {
  type FoundChunkList,
  foundChunkListSchema,
  type SearchKnowledge,
  searchKnowledgeSchema,
} from './knowledge.schema.js';
import { type FoundChunk, KnowledgeSearch } from './knowledge-search.js';

@ApiTags('knowledge')
@ApiBearerAuth()
@Controller('api/knowledge')
export class KnowledgeController {
  constructor(private readonly knowledge: KnowledgeSearch) {}

  /** What an answer to these words would stand on. */
  @Get('search')
  @ApiOkResponse({ standardSchema: foundChunkListSchema })
  async searchKnowledge(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Query({ schema: searchKnowledgeSchema }) { q, collectionIds, limit }: SearchKnowledge,
  ): Promise<FoundChunkList> {
    const found = await this.knowledge.search({
      userId: caller.id,
      collectionIds: collectionIds ?? null,
      conversationId: null,
      text: q,
      language,
      limit,
    });
    return { items: found.map(toFoundPassage) };
  }
}

const toFoundPassage = (found: FoundChunk): FoundChunkList['items'][number] => {
  const { documentId, versionId, collectionId, n, title, page, heading, text, score } = found;
  return { documentId, versionId, collectionId, n, title, page, heading, text, score };
};
