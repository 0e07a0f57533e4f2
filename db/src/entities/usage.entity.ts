import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { wholeNumber } from './whole-number.js';

export const USAGE_PURPOSES = [
  'answer',
  'title',
  'summary',
  'route',
  'embedding',
  'guardrail',
] as const;
export type UsagePurpose = (typeof USAGE_PURPOSES)[number];

/**
 * The ledger: one row a model call, opened before the call is sent and closed once. Ids have no
 * foreign key and the user's name is copied, because the ledger outlives what it counts.
 */
@Entity('usage')
@Index('IDX_usage_run', ['runId'])
@Index('IDX_usage_user', ['userId', 'openedAt'])
@Index('IDX_usage_folded', ['folded', 'openedAt'])
@Index('IDX_usage_post', ['postId'])
@Index('IDX_usage_time', ['openedAt'])
@Index('IDX_usage_closed', ['closedAt'])
export class Usage {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column({ name: 'run_id', type: 'varchar', length: 32 })
  runId!: string;

  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  @Column({ type: 'varchar', length: 255 })
  username!: string;

  @Column({ name: 'conversation_id', type: 'int' })
  conversationId!: number;

  @Column({ name: 'post_id', type: 'int' })
  postId!: number;

  @Column({ type: 'varchar', length: 16 })
  purpose!: UsagePurpose;

  @Column({ type: 'varchar', length: 16 })
  door!: string;

  @Column({ type: 'varchar', length: 32 })
  provider!: string;

  @Column({ type: 'varchar', length: 255 })
  model!: string;

  @Column({ name: 'prompt_tokens', type: 'int', nullable: true })
  promptTokens!: number | null;

  @Column({ name: 'cached_tokens', type: 'int', nullable: true })
  cachedTokens!: number | null;

  @Column({ name: 'completion_tokens', type: 'int', nullable: true })
  completionTokens!: number | null;

  /**
   * What the prompt came to by Prosa's own rule, without what was learned of the model: known before
   * the call is sent, and beside the provider's count what that learning is made from.
   */
  @Column({ name: 'prompt_estimate', type: 'int', nullable: true })
  promptEstimate!: number | null;

  /** Whether the counts are ours, because the provider gave none. */
  @Column({ type: Boolean })
  estimated!: boolean;

  /** How the call ended; null while it is open. */
  @Column({ type: 'varchar', length: 40, nullable: true })
  outcome!: string | null;

  /** Integer nano-dollars; null where no price is known, never 0 for unknown. */
  @Column({ name: 'cost_nano_usd', type: 'bigint', nullable: true, transformer: wholeNumber })
  costNanoUsd!: number | null;

  /** Whose list the price is from; null where none is known, and in rows from before it was kept. */
  @Column({ name: 'price_source', type: 'varchar', length: 100, nullable: true })
  priceSource!: string | null;

  /** The list's day, `2026-09-23`. */
  @Column({ name: 'price_as_of', type: 'varchar', length: 10, nullable: true })
  priceAsOf!: string | null;

  @Column({ name: 'ttft_ms', type: 'int', nullable: true })
  ttftMs!: number | null;

  @Column({ name: 'duration_ms', type: 'int', nullable: true })
  durationMs!: number | null;

  @Column({ name: 'opened_at', type: Date, precision: 3 })
  openedAt!: Date;

  @Column({ name: 'closed_at', type: Date, precision: 3, nullable: true })
  closedAt!: Date | null;

  /** Whether it is in the sums of {@link UsageHour}. */
  @Column({ type: Boolean, default: false })
  folded!: boolean;
}
