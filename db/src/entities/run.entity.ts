import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { type PostStatus, Post } from './post.entity.js';
import { User } from './user.entity.js';

export const RUN_KINDS = ['ask', 'regenerate', 'continue'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** One attempt to answer a post. It belongs to the server, not to the request that began it. */
@Entity('runs')
@Unique('UQ_runs_key', ['userId', 'idempotencyKey'])
@Index('IDX_runs_status', ['status', 'owner'])
@Index('IDX_runs_post', ['postId'])
@Index('IDX_runs_time', ['startedAt'])
export class Run {
  /** 128 random bits in hexadecimal. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id!: string;

  @Column({ name: 'post_id', type: 'int' })
  postId!: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'FK_runs_post' })
  post!: Relation<Post>;

  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_runs_user' })
  user!: Relation<User>;

  @Column({ type: 'varchar', length: 16 })
  kind!: RunKind;

  /** The caller's own name for the request; emptied after 24 hours. */
  @Column({ name: 'idempotency_key', type: 'varchar', length: 200, nullable: true })
  idempotencyKey!: string | null;

  /** SHA-256 of what was asked: the same key with another body is refused. */
  @Column({ name: 'request_hash', type: 'varchar', length: 64 })
  requestHash!: string;

  /** The process that answers it. Writes carry it: a process that lost a run changes nothing. */
  @Column({ type: 'varchar', length: 32 })
  owner!: string;

  @Column({ type: 'varchar', length: 16 })
  status!: PostStatus;

  @Column({ name: 'trace_id', type: 'varchar', length: 64, nullable: true })
  traceId!: string | null;

  @Column({ name: 'started_at', type: Date, precision: 3 })
  startedAt!: Date;

  @Column({ name: 'ended_at', type: Date, precision: 3, nullable: true })
  endedAt!: Date | null;
}
