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
import { DocumentVersion } from './document-version.entity.js';

/** A passage of a version. In their order the chunks of a version are its whole text. */
@Entity('chunks')
@Unique('UQ_chunks_n', ['versionId', 'n'])
@Index('IDX_chunks_collection', ['collectionId'])
export class Chunk {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ name: 'version_id', type: 'int' })
  versionId!: number;

  @ManyToOne(() => DocumentVersion, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'version_id', foreignKeyConstraintName: 'FK_chunks_version' })
  version!: Relation<DocumentVersion>;

  /** The same as its version's, so that a search joins less. */
  @Column({ name: 'document_id', type: 'int' })
  documentId!: number;

  /** The same as its document's; changed together with it. */
  @Column({ name: 'collection_id', type: 'int' })
  collectionId!: number;

  /** Its place in the version, from 1. */
  @Column({ type: 'int' })
  n!: number;

  /** Counts from 1; null where the format has no pages. */
  @Column({ type: 'int', nullable: true })
  page!: number | null;

  /** The headings above it, outermost first, joined by ` › `; empty where there are none. */
  @Column({ type: 'varchar', length: 500 })
  heading!: string;

  @Column({ type: 'text' })
  text!: string;
}
