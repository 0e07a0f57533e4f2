import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Post } from './post.entity.js';

/** A checkpoint: text that readers have seen of an answer still being made. */
@Entity('post_parts')
export class PostPart {
  @PrimaryColumn({ name: 'post_id', type: 'int' })
  postId!: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'FK_post_parts_post' })
  post!: Relation<Post>;

  @PrimaryColumn({ type: 'int' })
  seq!: number;

  /** Offset of `text` in the body, in UTF-16 code units. */
  @Column({ type: 'int' })
  start!: number;

  @Column({ type: 'text' })
  text!: string;
}
