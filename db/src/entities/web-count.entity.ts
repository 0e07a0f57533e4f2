import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from './user.entity.js';

/** How often a person has searched the web on a day. */
@Entity('web_counts')
export class WebCount {
  @PrimaryColumn({ name: 'user_id', type: 'int' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_web_counts_user' })
  user!: Relation<User>;

  /** Of the calendar of `TIME_ZONE`, counted from 1970-01-01. */
  @PrimaryColumn({ type: 'int' })
  day!: number;

  @Column({ type: 'int' })
  searches!: number;
}
