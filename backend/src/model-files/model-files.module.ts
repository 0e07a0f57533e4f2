import { Module } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { LlmModule } from '../llm/llm.module.js';
import { CatalogueViews } from './catalogue-view.js';
import { DOWNLOAD_TOOLS, Downloads } from './downloads.js';
import { downloadTools } from './download-tools.js';
import { ModelFilesController } from './model-files.controller.js';

/** Getting models that run on this machine, and removing them. */
@Module({
  imports: [LlmModule],
  controllers: [ModelFilesController],
  providers: [
    CatalogueViews,
    Downloads,
    { provide: DOWNLOAD_TOOLS, useFactory: (env: Env) => downloadTools(env), inject: [ENV] },
  ],
})
export class ModelFilesModule {}
