import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { User } from './user.entity.js';

export const CONVERSATION_STATUSES = ['online', 'deleted'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/** A tree of posts that belongs to one person. */
@Entity('conversation')
@Index('UQ_conversation_branch_key', ['userId', 'branchKey'], { unique: true })
@Index('IDX_conversation_branched_from', ['branchedFromId'])
@Index('IDX_conversation_channel', ['userId', 'status', 'channel', 'pinnedAt', 'updatedAt', 'id'])
export class Conversation {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ type: 'simple-enum', enum: CONVERSATION_STATUSES })
  status!: ConversationStatus;

  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_conversation_user' })
  user!: Relation<User>;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ type: 'varchar', length: 255, nullable: true })
  title!: string | null;

  /** Whether a person chose the title; then no machine changes it. */
  @Column({ name: 'title_by_person', type: Boolean })
  titleByPerson!: boolean;

  /** When it was last asked or answered. Orders the history. */
  @Column({ name: 'updated_at', type: Date, precision: 3 })
  updatedAt!: Date;

  @Column({ name: 'pinned_at', type: Date, precision: 3, nullable: true })
  pinnedAt!: Date | null;

  @Column({ name: 'deleted_at', type: Date, precision: 3, nullable: true })
  deletedAt!: Date | null;

  /** The door it was begun at. */
  @Column({ type: 'varchar', length: 16 })
  channel!: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  model!: string | null;

  @Column({ type: 'text', nullable: true })
  instructions!: string | null;

  /** The last post of the branch shown. No foreign key: it would close a circle with `posts`. */
  @Column({ name: 'leaf_post_id', type: 'int', nullable: true })
  leafPostId!: number | null;

  /**
   * The conversation it branched off, as long as that exists. No foreign key: who deletes one for
   * good empties this, and both belong to one person.
   */
  @Column({ name: 'branched_from_id', type: 'int', nullable: true })
  branchedFromId!: number | null;

  /** The post in there that its first posts end with. */
  @Column({ name: 'branched_post_id', type: 'int', nullable: true })
  branchedPostId!: number | null;

  /** The caller's own name for the request that made this branch; emptied after 24 hours. */
  @Column({ name: 'branch_key', type: 'varchar', length: 200, nullable: true })
  branchKey!: string | null;
}
