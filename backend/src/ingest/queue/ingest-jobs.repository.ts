import { Injectable } from '@nestjs/common';
import {
  type Engine,
  engineOf,
  INGEST_JOB_KINDS,
  IngestJob,
  type IngestJobKind,
  NOW_SQL,
  secondsAheadSql,
} from '#db';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Candidate } from './turn.rules.js';

/** The transaction in which something is stored together with the work it needs. */
export type Transaction = EntityManager;

/** What is to be done for a version. */
export interface IngestOrder {
  readonly kind: IngestJobKind;
  readonly versionId: number;
}

/** Work that this process has taken, and nobody else does meanwhile. */
export interface TakenJob extends IngestOrder {
  readonly id: number;
  /** How often it was begun, this time included. */
  readonly attempts: number;
}

/** Others have taken this process for dead, and its work with it: it must write nothing more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/**
 * How long a process is believed to be at its work without a sign of life, in seconds. After a
 * kill -9 the work waits so long, where the database is not one process's own.
 */
export const LEASE_SECONDS = 15;

/** What this process can do; what it does not know, a newer one beside it does. */
const KNOWN = INGEST_JOB_KINDS.map((kind) => `'${kind}'`).join(', ');

/**
 * The first job of each version that is due and that nobody is at, by the person it is for: a
 * removal waits for the ingest before it.
 */
const candidatesSql = (now: string): string => `
  SELECT MIN(turn.id) AS id, COALESCE(version.created_by, 0) AS person
  FROM (SELECT id, kind, version_id, run_after, owner, owned_until,
      ROW_NUMBER() OVER (PARTITION BY version_id ORDER BY id) AS place FROM ingest_jobs) turn
  LEFT JOIN document_versions version ON version.id = turn.version_id
  WHERE turn.place = 1 AND turn.kind IN (${KNOWN}) AND turn.run_after <= ${now}
    AND (turn.owner IS NULL OR turn.owned_until < ${now})
  GROUP BY COALESCE(version.created_by, 0)`;

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

  /** What could be taken now, one for each person. */
  async findCandidates(): Promise<Candidate[]> {
    const rows = await this.dataSource.query<{ id: number | string; person: number | string }[]>(
      candidatesSql(NOW_SQL[this.engine]),
    );
    return rows.map(({ id, person }) => ({ id: Number(id), personId: Number(person) }));
  }

  /** Takes a job, unless somebody was faster. */
  async take(id: number, owner: string): Promise<TakenJob | undefined> {
    const { affected } = await this.dataSource
      .createQueryBuilder()
      .update(IngestJob)
      .set({ owner, ownedUntil: this.leaseEnd, attempts: () => 'attempts + 1' })
      .where(`id = :id AND (owner IS NULL OR owned_until < ${NOW_SQL[this.engine]})`, { id })
      .execute();
    if (affected !== 1) return undefined;
    const job = await this.dataSource.getRepository(IngestJob).findOneBy({ id, owner });
    return job ?? undefined;
  }

  /**
   * A sign of life; in a transaction, nobody else takes the job until its commit.
   * @throws {LeaseLostError} when somebody else has it by now.
   */
  async hold(id: number, owner: string, manager: Transaction = this.dataSource.manager) {
    const { affected } = await manager
      .createQueryBuilder()
      .update(IngestJob)
      .set({ ownedUntil: this.leaseEnd })
      .where({ id, owner })
      .execute();
    if (affected !== 1) throw new LeaseLostError(`job ${String(id)}`);
  }

  /** The work is done, or given up. @throws {LeaseLostError} */
  async finish(id: number, owner: string, manager: Transaction = this.dataSource.manager) {
    const { affected } = await manager.delete(IngestJob, { id, owner });
    if (affected !== 1) throw new LeaseLostError(`job ${String(id)}`);
  }

  /** Lets others take the job at once, as if it had not been begun. */
  async giveBack(id: number, owner: string): Promise<void> {
    await this.release(id, owner, { attempts: () => 'attempts - 1' });
  }

  /** Has the job begun again, some whole seconds from now. */
  async putOff(id: number, owner: string, seconds: number): Promise<void> {
    const runAfter = () => secondsAheadSql(this.engine, seconds);
    await this.release(id, owner, { runAfter });
  }

  /** The same, as if it had not been begun. */
  async postpone(id: number, owner: string, seconds: number): Promise<void> {
    const runAfter = () => secondsAheadSql(this.engine, seconds);
    await this.release(id, owner, { runAfter, attempts: () => 'attempts - 1' });
  }

  /** SQLite's folder belongs to one process: what another one had begun waits for nobody. */
  async freeIfAlone(): Promise<void> {
    if (this.engine === 'sqlite') {
      await this.dataSource
        .createQueryBuilder()
        .update(IngestJob)
        .set({ owner: null, ownedUntil: null })
        .execute();
    }
  }

  private async release(
    id: number,
    owner: string,
    changed: { readonly runAfter?: () => string; readonly attempts?: () => string },
  ): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .update(IngestJob)
      .set({ owner: null, ownedUntil: null, ...changed })
      .where({ id, owner })
      .execute();
  }

  private readonly leaseEnd = (): string => secondsAheadSql(this.engine, LEASE_SECONDS);
}
