import { Module } from '@nestjs/common';
import { RemovalModule } from '../collections/trash/removal.module.js';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { BranchCopiesRepository } from './branches/branch-copies.repository.js';
import { BranchesController } from './branches/branches.controller.js';
import { Branches } from './branches/branches.service.js';
import { ConversationEvents } from './conversation-events.js';
import { ConversationSearchRepository } from './conversation-search.repository.js';
import { ConversationSearch } from './conversation-search.service.js';
import { ConversationViews } from './conversation-views.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationsService } from './conversations.service.js';
import { FindInConversation } from './find-in-conversation.js';
import { TrashCleaner } from './trash-cleaner.js';

@Module({
  imports: [GuardrailsModule, PostsModule, RemovalModule],
  controllers: [ConversationsController, BranchesController],
  providers: [
    BranchCopiesRepository,
    Branches,
    ConversationEvents,
    ConversationSearch,
    ConversationSearchRepository,
    ConversationViews,
    ConversationsRepository,
    ConversationsService,
    FindInConversation,
    TrashCleaner,
  ],
  exports: [ConversationEvents, ConversationsService],
})
export class ConversationsModule {}
