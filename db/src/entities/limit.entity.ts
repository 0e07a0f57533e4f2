import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { User } from './user.entity.js';
import { wholeNumber } from './whole-number.js';

export const LIMIT_MEASURES = ['requests', 'tokens', 'usd', 'openRuns'] as const;
export type LimitMeasure = (typeof LIMIT_MEASURES)[number];

/** `now`: at the same time, whatever the hour. */
export const LIMIT_PERIODS = ['now', 'minute', 'day', 'month'] as const;
export type LimitPeriod = (typeof LIMIT_PERIODS)[number];

/** How much somebody may use. One row for each of whom, what and when. */
@Entity('limits')
@Unique('UQ_limits_what', ['subject', 'measure', 'period'])
export class Limit {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  /** `team`, `everyone`, `role:admin`, `role:member` or `person:7`. */
  @Column({ type: 'varchar', length: 32 })
  subject!: string;

  /** The person of a `person:…`, with whom the limit goes. */
  @Column({ name: 'user_id', type: 'int', nullable: true })
  userId!: number | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_limits_user' })
  user!: Relation<User> | null;

  @Column({ type: 'varchar', length: 16 })
  measure!: LimitMeasure;

  @Column({ type: 'varchar', length: 8 })
  period!: LimitPeriod;

  /** Money in integer nano-dollars. */
  @Column({ type: 'bigint', transformer: wholeNumber })
  amount!: number;
}
