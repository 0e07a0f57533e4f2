import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { TracingModule } from '../tracing/tracing.module.js';
import { BranchIdsRepository } from './branch-ids.repository.js';
import { BranchPages } from './branch-pages.js';
import { PostDetailsRepository } from './post-details.repository.js';
import { PostsController } from './posts.controller.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';

@Module({
  imports: [GuardrailsModule, TracingModule],
  controllers: [PostsController],
  providers: [
    BranchIdsRepository,
    BranchPages,
    PostDetailsRepository,
    PostsRepository,
    PostsService,
  ],
  exports: [BranchIdsRepository, PostsRepository, PostsService],
})
export class PostsModule {}
