import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { wholeNumber } from './whole-number.js';

/**
 * What an hour is told by: everything, people alone, or everything but people. Most questions need
 * one of the two that have far fewer rows.
 */
export const USAGE_GRAINS = ['all', 'person', 'model'] as const;
export type UsageGrain = (typeof USAGE_GRAINS)[number];

/**
 * What the calls of one hour come to: sums of the rows of `usage` that are `folded`, each in one row
 * of every grain. What a grain does not tell by is 0 or empty.
 */
@Entity('usage_hours', { withoutRowid: true })
@Index('IDX_usage_hours_user', ['grain', 'userId', 'hour'])
export class UsageHour {
  @PrimaryColumn({ type: 'varchar', length: 8 })
  grain!: UsageGrain;

  /** Whole hours since 1970-01-01T00:00Z in which the calls were opened. */
  @PrimaryColumn({ type: 'int' })
  hour!: number;

  @PrimaryColumn({ name: 'user_id', type: 'int' })
  userId!: number;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  username!: string;

  @PrimaryColumn({ type: 'varchar', length: 32 })
  provider!: string;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  model!: string;

  @PrimaryColumn({ type: 'varchar', length: 16 })
  purpose!: string;

  @PrimaryColumn({ type: 'varchar', length: 16 })
  door!: string;

  @Column({ type: 'int' })
  calls!: number;

  @Column({ name: 'prompt_tokens', type: 'bigint', transformer: wholeNumber })
  promptTokens!: number;

  @Column({ name: 'cached_tokens', type: 'bigint', transformer: wholeNumber })
  cachedTokens!: number;

  @Column({ name: 'completion_tokens', type: 'bigint', transformer: wholeNumber })
  completionTokens!: number;

  /** Calls whose counts are ours. */
  @Column({ name: 'estimated_calls', type: 'int' })
  estimatedCalls!: number;

  /** Integer nano-dollars of the calls whose price is known. */
  @Column({ name: 'cost_nano_usd', type: 'bigint', transformer: wholeNumber })
  costNanoUsd!: number;

  /** Calls whose price is not known. */
  @Column({ name: 'unpriced_calls', type: 'int' })
  unpricedCalls!: number;
}
