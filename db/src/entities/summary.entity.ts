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
import { Conversation } from './conversation.entity.js';
import { wholeNumber } from './whole-number.js';

/** What a model made of the earlier posts of a branch, or is making of them. */
@Entity('summaries')
@Unique('UQ_summaries_place', ['conversationId', 'postId'])
@Index('IDX_summaries_owner', ['owner'])
export class Summary {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  /** By what the ledger and reservations know the call; no run has it. */
  @Column({ name: 'run_id', type: 'varchar', length: 32 })
  runId!: string;

  /** The process that is making it; null once it is made. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  owner!: string | null;

  @Column({ name: 'conversation_id', type: 'int' })
  conversationId!: number;

  @ManyToOne(() => Conversation, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'conversation_id', foreignKeyConstraintName: 'FK_summaries_conversation' })
  conversation!: Relation<Conversation>;

  /** It says nothing of this post and those before it; null: it begins with the conversation. */
  @Column({ name: 'after_post_id', type: 'int', nullable: true })
  afterPostId!: number | null;

  /** The last post that it covers, with those before it on its branch. */
  @Column({ name: 'post_id', type: 'int' })
  postId!: number;

  /** How many it covers. */
  @Column({ type: 'int' })
  posts!: number;

  @Column({ type: 'text' })
  text!: string;

  /** Of the text, estimated. */
  @Column({ type: 'int' })
  tokens!: number;

  @Column({ type: 'varchar', length: 255 })
  model!: string;

  /** Integer nano-dollars; null where no price is known. */
  @Column({ name: 'cost_nano_usd', type: 'bigint', nullable: true, transformer: wholeNumber })
  costNanoUsd!: number | null;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  /** When a person took it back: it is sent no more. */
  @Column({ name: 'undone_at', type: Date, precision: 3, nullable: true })
  undoneAt!: Date | null;
}
