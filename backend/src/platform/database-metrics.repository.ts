import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { databaseLoad } from '#db';
import { Metrics } from './metrics.js';

/** Shows how busy the connections to the database are. */
@Injectable()
export class DatabaseMetricsRepository {
  constructor(@InjectDataSource() dataSource: DataSource, metrics: Metrics) {
    metrics.gauge(
      'prosa_database_connections',
      'Connections to the database: used, idle, and callers waiting for one.',
      () => ({ ...databaseLoad(dataSource) }),
      'state',
    );
  }
}
