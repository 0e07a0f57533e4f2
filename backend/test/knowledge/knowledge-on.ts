import { tmpdir } from 'node:os';
import { Test, type TestingModule } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { ConfigModule } from '../../src/config/config.module.js';
import { envSchema } from '../../src/config/env.schema.js';
import { KnowledgeModule } from '../../src/knowledge/knowledge.module.js';
import { PlatformModule } from '../../src/platform/platform.module.js';

/** The knowledge of Prosa on a database, with these settings and nothing of the machine's own. */
export function knowledgeOn(
  dataSource: DataSource,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestingModule> {
  const env = envSchema.parse({ DATA_DIR: tmpdir(), LLM_MODELS: 'quotes', ...settings });
  return Test.createTestingModule({
    imports: [ConfigModule.forRoot(env), PlatformModule.forRoot(dataSource), KnowledgeModule],
  }).compile();
}
