import { Injectable } from '@nestjs/common';
import { type Engine, engineOf, IngestJob, type IngestJobKind, NOW_SQL } from '#db';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';

/** The transaction in which something is stored together with the work it needs. */
export type Transaction = EntityManager;

/** What is to be done for a version. */
export interface IngestOrder {
  readonly kind: IngestJobKind;
  readonly versionId: number;
}

/** The rows of `ingest_jobs`: what there is to do, and which process is at it, by the database's clock. */
@Injectable()
export class IngestJobsRepository {
  private readonly engine: Engine;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    this.engine = engineOf(dataSource);
  }

  /** Notes down work, in the transaction of the manager: it is done if that one is committed. */
  async add(manager: Transaction, { kind, versionId }: IngestOrder): Promise<void> {
    const now = () => NOW_SQL[this.engine];
    await manager
      .createQueryBuilder()
      .insert()
      .into(IngestJob)
      .values({ kind, versionId, attempts: 0, runAfter: now, createdAt: now })
      .execute();
  }
}
