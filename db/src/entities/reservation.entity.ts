import { Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from './whole-number.js';

/** What a run has set aside of a counter. It goes in the transaction that ends the run. */
@Entity('reservations')
export class Reservation {
  @PrimaryColumn({ name: 'run_id', type: 'varchar', length: 32 })
  runId!: string;

  /** What for: `run`, or the purpose of the model calls. */
  @PrimaryColumn({ type: 'varchar', length: 16 })
  purpose!: string;

  @PrimaryColumn({ name: 'counter_id', type: 'varchar', length: 80 })
  counterId!: string;

  @Column({ type: 'bigint', transformer: wholeNumber })
  amount!: number;
}
