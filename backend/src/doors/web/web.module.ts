import { Module } from '@nestjs/common';
import { AnsweringModule } from '../../answering/answering.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { LlmModule } from '../../llm/llm.module.js';
import { PostsModule } from '../../posts/posts.module.js';
import { AnswerReplies } from './answer-replies.js';
import { AskController } from './ask.controller.js';
import { ModelsController } from './models.controller.js';

@Module({
  imports: [AnsweringModule, AuthModule, LlmModule, PostsModule],
  controllers: [AskController, ModelsController],
  providers: [AnswerReplies],
})
export class WebModule {}
