import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * What there is to do for a version: find its text, take it out of the search, tell OpenSearch of
 * it, which was away when it was to be told, or have its passages found by its document's new title
 * and place. A process leaves kinds that it does not know to those that do, newer ones.
 */
export const INGEST_JOB_KINDS = ['ingest', 'remove', 'tell', 'revise'] as const;
export type IngestJobKind = (typeof INGEST_JOB_KINDS)[number];

/** Work that waits or is being done. A row goes when its work is done or given up. */
@Entity('ingest_jobs')
@Index('IDX_ingest_jobs_due', ['runAfter', 'id'])
export class IngestJob {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ type: 'varchar', length: 16 })
  kind!: IngestJobKind;

  /** No foreign key: a removal outlives what it removes. */
  @Column({ name: 'version_id', type: 'int' })
  versionId!: number;

  /** How often it was begun. */
  @Column({ type: 'int', default: 0 })
  attempts!: number;

  @Column({ name: 'run_after', type: Date, precision: 3 })
  runAfter!: Date;

  /** The process that is at it; null: none. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  owner!: string | null;

  /** Until when that process may be believed, by the database's clock. */
  @Column({ name: 'owned_until', type: Date, precision: 3, nullable: true })
  ownedUntil!: Date | null;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;
}
