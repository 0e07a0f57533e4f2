// Makes the index of OpenSearch anew from the database, beside the server: `npm run knowledge --
// reindex`. Ends with 0 when it is searched, 1 when OpenSearch could not be reached, 2 when told
// something else.
import '../../config/node-version.js';
import { resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { databaseTarget, engineOf, openForReading } from '#db';
import { ConfigModule } from '../../config/config.module.js';
import { loadEnv } from '../../config/load-env.js';
import { processEnv } from '../../config/process-env.js';
import { PlatformModule } from '../../platform/platform.module.js';
import { KnowledgeModule } from '../knowledge.module.js';
import { Reindex } from '../search/reindex.js';

@Module({})
class CommandModule {}

async function reindex(): Promise<void> {
  const env = loadEnv(processEnv());
  if (env.OPENSEARCH_URL === undefined) throw new Error('OPENSEARCH_URL is not set');
  const folder = resolve(env.DATA_DIR);
  const target = databaseTarget(env.DATABASE_URL, folder);
  const dataSource = await openForReading(target);
  const imports = [ConfigModule.forRoot(env), PlatformModule.forRoot(dataSource), KnowledgeModule];
  const app = await NestFactory.createApplicationContext(
    { module: CommandModule, imports },
    { logger: ['error', 'warn'] },
  );
  try {
    const tell = (done: number) => {
      if (done % 10_000 < 200) console.log(`${String(done)} passages`);
    };
    // On SQLite the server alone writes: the vectors that it has made are taken over.
    const mayWrite = engineOf(dataSource) !== 'sqlite';
    const { index, passages, withVector } = await app.get(Reindex).run(tell, mayWrite);
    console.log(`${index} is searched now: ${String(passages)} passages`);
    if (env.EMBEDDING_MODEL !== undefined && withVector < passages) {
      console.log(`${String(passages - withVector)} of them have no vector: by their words only`);
    }
  } finally {
    await app.close();
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

if (process.argv[2] === 'reindex') {
  try {
    await reindex();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} else {
  console.error('Usage: npm run knowledge -- reindex');
  process.exitCode = 2;
}
