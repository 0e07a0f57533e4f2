import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Post } from './post.entity.js';
import { User } from './user.entity.js';

/** A question with the answer that somebody holds to be right. */
@Entity('training_pairs')
@Unique('UQ_training_pairs_post', ['postId'])
export class TrainingPair {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  /** Who gave it, with whom it goes. */
  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_training_pairs_user' })
  user!: Relation<User>;

  /** The post whose answer it corrects; null: it was given as such. */
  @Column({ name: 'post_id', type: 'int', nullable: true })
  postId!: number | null;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'FK_training_pairs_post' })
  post!: Relation<Post> | null;

  @Column({ type: 'text' })
  question!: string;

  @Column({ type: 'text' })
  answer!: string;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: Date, precision: 3 })
  updatedAt!: Date;
}
