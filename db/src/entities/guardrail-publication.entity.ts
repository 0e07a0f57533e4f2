import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { GuardrailPolicy } from './guardrail-policy.entity.js';

/** A policy was put in force. The newest row names the one that is. */
@Entity('guardrail_publications')
export class GuardrailPublication {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ name: 'policy_id', type: 'int' })
  policyId!: number;

  @ManyToOne(() => GuardrailPolicy, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'policy_id', foreignKeyConstraintName: 'FK_guardrail_publications_policy' })
  policy!: Relation<GuardrailPolicy>;

  /** The administrator's name, copied; null where a folder or the start did it. */
  @Column({ name: 'published_by', type: 'varchar', length: 255, nullable: true })
  publishedBy!: string | null;

  @Column({ name: 'published_at', type: Date, precision: 3 })
  publishedAt!: Date;
}
