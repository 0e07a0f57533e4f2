import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Who wrote a policy: Prosa's own, a folder of the operator's, an administrator on screen. */
export const POLICY_SOURCES = ['built-in', 'folder', 'administrator'] as const;
export type PolicySource = (typeof POLICY_SOURCES)[number];

/** One version of the rails: its files as they were written. Never changed once stored. */
@Entity('guardrail_policies')
@Unique('UQ_guardrail_policies_digest', ['digest'])
export class GuardrailPolicy {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ type: 'varchar', length: 16 })
  source!: PolicySource;

  /** JSON: the text of each file by its path. */
  @Column({ type: 'text' })
  files!: string;

  /** SHA-256 of the files, in hexadecimal: what is the same again is no new version. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  /** What its writer says of it. */
  @Column({ type: 'varchar', length: 500 })
  note!: string;

  /** The administrator's name, copied; null where no person wrote it. */
  @Column({ name: 'created_by', type: 'varchar', length: 255, nullable: true })
  createdBy!: string | null;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;
}
