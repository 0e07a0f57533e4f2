import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LimitMeasure, LimitPeriod } from './limit.entity.js';
import { wholeNumber } from './whole-number.js';

/**
 * What a person, or all together (`team`), have used of one measure in one day or month. It is
 * there from the first time a limit asks for it until its window is past, and agrees with the
 * ledger all that time.
 */
@Entity('limit_counters')
@Index('IDX_limit_counters_subject', ['subject', 'endsAt'])
export class LimitCounter {
  /** `person:7 usd day 1763694000`: whose, what and since when, in Unix seconds. */
  @PrimaryColumn({ type: 'varchar', length: 80 })
  id!: string;

  /** `team` or `person:7`. */
  @Column({ type: 'varchar', length: 32 })
  subject!: string;

  @Column({ type: 'varchar', length: 16 })
  measure!: LimitMeasure;

  @Column({ type: 'varchar', length: 8 })
  period!: LimitPeriod;

  @Column({ name: 'starts_at', type: Date, precision: 3 })
  startsAt!: Date;

  @Column({ name: 'ends_at', type: Date, precision: 3 })
  endsAt!: Date;

  /** Of what has ended. Money in integer nano-dollars, as below. */
  @Column({ type: 'bigint', transformer: wholeNumber })
  used!: number;

  /** The sum of the reservations: what is in the making may still use so much. */
  @Column({ type: 'bigint', transformer: wholeNumber })
  reserved!: number;
}
