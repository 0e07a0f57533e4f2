import { Module } from '@nestjs/common';
import { TracingModule } from '../tracing/tracing.module.js';
import { PostDetailsRepository } from './post-details.repository.js';
import { PostsController } from './posts.controller.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';

@Module({
  imports: [TracingModule],
  controllers: [PostsController],
  providers: [PostDetailsRepository, PostsRepository, PostsService],
  exports: [PostsRepository, PostsService],
})
export class PostsModule {}
