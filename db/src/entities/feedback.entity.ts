import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Post } from './post.entity.js';

/** The owner's thumb for an answer. */
@Entity('feedback')
export class Feedback {
  @PrimaryColumn({ name: 'post_id', type: 'int' })
  postId!: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'FK_feedback_post' })
  post!: Relation<Post>;

  @Column({ type: 'int' })
  value!: 1 | -1;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;
}
