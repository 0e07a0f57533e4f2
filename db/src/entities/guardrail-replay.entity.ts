import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * An administrator had what people asked judged by a policy once more. It tells nobody's words, but
 * somebody may try to learn them by it: so each time is kept.
 */
@Entity('guardrail_replays')
@Index('IDX_guardrail_replays_time', ['createdAt', 'id'])
export class GuardrailReplay {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  /** The administrator. No foreign key: the row outlives the person. */
  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  /** Their name, copied. */
  @Column({ type: 'varchar', length: 255 })
  username!: string;

  @Column({ type: 'int' })
  days!: number;

  /** The policy in force then. */
  @Column({ name: 'policy_id', type: 'int' })
  policyId!: number;

  /** The stored version it was compared with; null: files that were not stored. */
  @Column({ name: 'draft_id', type: 'int', nullable: true })
  draftId!: number | null;

  /** SHA-256 of the draft's files, in hexadecimal. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  /** Prompts that were there to be judged. */
  @Column({ type: 'int' })
  prompts!: number;
}
