import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { Post } from './post.entity.js';

/** A numbered source an answer stands on, kept as it was when it was cited. */
@Entity('post_sources')
@Index('IDX_post_sources_document', ['documentId'])
export class PostSource {
  @PrimaryColumn({ name: 'post_id', type: 'int' })
  postId!: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'FK_post_sources_post' })
  post!: Relation<Post>;

  /** Counts from 1. */
  @PrimaryColumn({ type: 'int' })
  n!: number;

  @Column({ type: 'varchar', length: 16 })
  kind!: string;

  @Column({ type: 'varchar', length: 255 })
  title!: string;

  @Column({ type: 'varchar', length: 2048, nullable: true })
  url!: string | null;

  /** No foreign keys: what was cited stays when the document goes. */
  @Column({ name: 'document_id', type: 'int', nullable: true })
  documentId!: number | null;

  @Column({ name: 'version_id', type: 'int', nullable: true })
  versionId!: number | null;

  /** Its place in the version, from 1. */
  @Column({ type: 'int', nullable: true })
  passage!: number | null;

  /** Counts from 1. */
  @Column({ type: 'int', nullable: true })
  page!: number | null;

  /** The headings above it, outermost first, joined by ` › `. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  heading!: string | null;

  /** Of a page of the web. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  host!: string | null;

  /** When a page of the web was read. */
  @Column({ name: 'found_at', type: Date, precision: 3, nullable: true })
  foundAt!: Date | null;

  /** When it says that it was published. */
  @Column({ name: 'published_at', type: Date, precision: 3, nullable: true })
  publishedAt!: Date | null;

  /** The passage, as the model was sent it. */
  @Column({ type: 'text' })
  quote!: string;
}
