import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Access } from './access.js';
import { Announcements } from './announcements.js';
import { DatabaseMetricsRepository } from './database-metrics.repository.js';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';
import { OwnershipRepository } from './ownership.repository.js';
import { Redis } from './redis.js';
import { Stopping } from './stopping.js';

/** What every feature stands on: the open database and the ownership check. */
@Module({})
export class PlatformModule {
  /** @param dataSource already open, with its schema up to date; closed when the app closes. */
  static forRoot(dataSource: DataSource): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSource.options, retryAttempts: 0 }),
          dataSourceFactory: () => Promise.resolve(dataSource),
        }),
      ],
      providers: [
        Access,
        Announcements,
        DatabaseMetricsRepository,
        Metrics,
        MetricsServer,
        OwnershipRepository,
        Redis,
        Stopping,
      ],
      exports: [Access, Announcements, Metrics, Redis, Stopping],
    };
  }
}
