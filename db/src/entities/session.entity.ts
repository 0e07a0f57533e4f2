import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { User } from './user.entity.js';

/** One sign-in on one device: the family that its refresh tokens belong to. */
@Entity('sessions')
@Index('IDX_sessions_user', ['userId'])
export class Session {
  /** 128 random bits in hexadecimal. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id!: string;

  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_sessions_user' })
  user!: Relation<User>;

  @Column({ name: 'user_agent', type: 'varchar', length: 255, nullable: true })
  userAgent!: string | null;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: Date, precision: 3 })
  expiresAt!: Date;

  @Column({ name: 'ended_at', type: Date, precision: 3, nullable: true })
  endedAt!: Date | null;
}
