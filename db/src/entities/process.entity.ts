import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A running server. One that is silent for six seconds has lost its runs. */
@Entity('processes')
export class Process {
  /** 128 random bits in hexadecimal, new at every start. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id!: string;

  /** By the database's clock, so that machines need not agree on the time. */
  @Column({ name: 'seen_at', type: Date, precision: 3 })
  seenAt!: Date;
}
