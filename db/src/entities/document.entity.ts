import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Collection } from './collection.entity.js';

/** Where a document comes from: a file, an address, pasted text, questions with their answers. */
export const DOCUMENT_KINDS = ['file', 'page', 'text', 'pairs'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/**
 * The `deletedAt` of a document that is being deleted for good, passage by passage: nobody sees it
 * any more, not in the trash either, and nothing brings it back. What is left of it after a crash
 * goes with the next cleaning of the trash.
 */
export const BEING_DELETED = new Date(0);

/** A document of a collection; its text is in its versions. */
@Entity('documents')
@Index('IDX_documents_collection', ['collectionId', 'deletedAt', 'id'])
export class Document {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ name: 'collection_id', type: 'int' })
  collectionId!: number;

  @ManyToOne(() => Collection, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'collection_id', foreignKeyConstraintName: 'FK_documents_collection' })
  collection!: Relation<Collection>;

  @Column({ type: 'varchar', length: 16 })
  kind!: DocumentKind;

  @Column({ type: 'varchar', length: 255 })
  title!: string;

  /** Of a page. */
  @Column({ type: 'varchar', length: 2048, nullable: true })
  url!: string | null;

  /** The version that is found; null until the first one is complete. No foreign key: a circle. */
  @Column({ name: 'version_id', type: 'int', nullable: true })
  versionId!: number | null;

  /** Who added it. No foreign key: it stays when that person goes. */
  @Column({ name: 'created_by', type: 'int' })
  createdBy!: number;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: Date, precision: 3 })
  updatedAt!: Date;

  /** In the trash since; nothing of it is found from then on. */
  @Column({ name: 'deleted_at', type: Date, precision: 3, nullable: true })
  deletedAt!: Date | null;
}
