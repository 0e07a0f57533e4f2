import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Post } from './post.entity.js';

/** A numbered source an answer stands on, kept as it was when it was cited. */
@Entity('post_sources')
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

  @Column({ name: 'document_id', type: 'int', nullable: true })
  documentId!: number | null;

  @Column({ type: 'text' })
  quote!: string;
}
