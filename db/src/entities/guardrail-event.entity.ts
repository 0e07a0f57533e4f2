import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export const RAIL_STAGES = ['input', 'retrieved', 'output'] as const;
export type RailStage = (typeof RAIL_STAGES)[number];

/** What a rail may do about what it found, from the mildest to the strictest. */
export const RAIL_ACTIONS = ['pass', 'flag', 'mask', 'replace', 'answer', 'block'] as const;
export type RailAction = (typeof RAIL_ACTIONS)[number];

/** `hit`: something was found. `opened`, `closed`: the rail failed, and let through or stopped. */
export const RAIL_OUTCOMES = ['hit', 'opened', 'closed'] as const;
export type RailOutcome = (typeof RAIL_OUTCOMES)[number];

/**
 * Something a rail found, or that it failed: never what it found. Ids have no foreign key, because
 * the row outlives what it tells of.
 */
@Entity('guardrail_events')
@Index('IDX_guardrail_events_time', ['createdAt', 'id'])
@Index('IDX_guardrail_events_post', ['postId'])
export class GuardrailEvent {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  /** The policy in force then. */
  @Column({ name: 'policy_id', type: 'int', nullable: true })
  policyId!: number | null;

  @Column({ type: 'varchar', length: 16 })
  stage!: RailStage;

  @Column({ type: 'varchar', length: 32 })
  rail!: string;

  /** Of the policy: a list, a topic, a kind of data. */
  @Column({ type: 'varchar', length: 128 })
  rule!: string;

  @Column({ type: 'varchar', length: 16 })
  action!: RailAction;

  @Column({ type: 'varchar', length: 16 })
  outcome!: RailOutcome;

  /** How often in that text. */
  @Column({ type: 'int' })
  hits!: number;

  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  @Column({ name: 'conversation_id', type: 'int', nullable: true })
  conversationId!: number | null;

  @Column({ name: 'post_id', type: 'int', nullable: true })
  postId!: number | null;

  @Column({ name: 'run_id', type: 'varchar', length: 32, nullable: true })
  runId!: string | null;

  @Column({ type: 'varchar', length: 16 })
  door!: string;

  /** Of a rail that asks a service or a model. */
  @Column({ name: 'duration_ms', type: 'int', nullable: true })
  durationMs!: number | null;

  /** When its person said that it was wrong; null: nobody did. */
  @Column({ name: 'reported_at', type: Date, precision: 3, nullable: true })
  reportedAt!: Date | null;
}
