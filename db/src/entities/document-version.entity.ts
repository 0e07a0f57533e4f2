import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Document } from './document.entity.js';

/**
 * How far a version has come. While its bytes arrive it is `receiving`, and nobody sees it; only one
 * that is `ready` can be found.
 */
export const VERSION_STATUSES = [
  'receiving',
  'waiting',
  'parsing',
  'indexing',
  'ready',
  'failed',
] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/** What a document was made of at one time. Its bytes are in `document_parts`, its text in chunks. */
@Entity('document_versions')
@Unique('UQ_document_versions_n', ['documentId', 'n'])
@Index('IDX_document_versions_sha256', ['sha256'])
export class DocumentVersion {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ name: 'document_id', type: 'int' })
  documentId!: number;

  @ManyToOne(() => Document, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'document_id', foreignKeyConstraintName: 'FK_document_versions_document' })
  document!: Relation<Document>;

  /** Counts from 1. */
  @Column({ type: 'int' })
  n!: number;

  @Column({ type: 'varchar', length: 16 })
  status!: VersionStatus;

  /** Why it failed. */
  @Column({ name: 'error_code', type: 'varchar', length: 64, nullable: true })
  errorCode!: string | null;

  /** What the message of that code is filled in with, as JSON. */
  @Column({ name: 'error_details', type: 'text', nullable: true })
  errorDetails!: string | null;

  /** As it was called where it came from, made harmless; never a path. */
  @Column({ name: 'file_name', type: 'varchar', length: 255 })
  fileName!: string;

  /** What its bytes are, not what they were said to be. */
  @Column({ name: 'media_type', type: 'varchar', length: 127 })
  mediaType!: string;

  /** While it is received, the most it may have; 0 of a page that was not fetched yet. */
  @Column({ type: 'int' })
  bytes!: number;

  /** Of the bytes, in hex; empty while there are none. */
  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  @Column({ type: 'int', nullable: true })
  pages!: number | null;

  /** Of its text, in UTF-16 units. */
  @Column({ type: 'int', nullable: true })
  characters!: number | null;

  @Column({ name: 'chunk_count', type: 'int', nullable: true })
  chunkCount!: number | null;

  /** How much of the work is done, 0 to 100. */
  @Column({ type: 'int', default: 0 })
  progress!: number;

  @Column({ name: 'created_by', type: 'int' })
  createdBy!: number;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ name: 'finished_at', type: Date, precision: 3, nullable: true })
  finishedAt!: Date | null;
}
