import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AnsweringModule } from './answering/answering.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CollectionsModule } from './collections/collections.module.js';
import { CommandsModule } from './commands/commands.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Env } from './config/env.schema.js';
import { ConversationsModule } from './conversations/conversations.module.js';
import { SimpleModule } from './doors/simple/simple.module.js';
import { WebModule } from './doors/web/web.module.js';
import { HealthModule } from './health/health.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { ModelFilesModule } from './model-files/model-files.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { PostsModule } from './posts/posts.module.js';
import { SummariesModule } from './summaries/summaries.module.js';
import { TrainingModule } from './training/training.module.js';
import { UsersModule } from './users/users.module.js';

/** Every feature, on one environment and one database. */
@Module({})
export class AppModule {
  static forRoot(env: Env, dataSource: DataSource): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(env),
        PlatformModule.forRoot(dataSource),
        AuthModule,
        UsersModule,
        ConversationsModule,
        PostsModule,
        SummariesModule,
        LimitsModule,
        CommandsModule,
        CollectionsModule,
        IngestModule,
        AnsweringModule,
        WebModule,
        SimpleModule,
        TrainingModule,
        ModelFilesModule,
        HealthModule,
      ],
    };
  }
}
