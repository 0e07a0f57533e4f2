import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { Session } from './session.entity.js';

/** One link of a session's chain of refresh tokens. */
@Entity('refresh_tokens')
@Index('IDX_refresh_tokens_session', ['sessionId'])
export class RefreshToken {
  /** SHA-256 of the token in hexadecimal: a copy of the table signs nobody in. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  hash!: string;

  @Column({ name: 'session_id', type: 'varchar', length: 32 })
  sessionId!: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'FK_refresh_tokens_session' })
  session!: Relation<Session>;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  /** When its successor was given out. */
  @Column({ name: 'used_at', type: Date, precision: 3, nullable: true })
  usedAt!: Date | null;
}
