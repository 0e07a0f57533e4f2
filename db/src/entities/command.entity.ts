import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { User } from './user.entity.js';

/** A saved prompt that is asked by its name, or what an administrator made of a built-in one. */
@Entity('commands')
@Unique('UQ_commands_word', ['owner', 'word'])
export class Command {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  /** `team`, `person:7` or `built-in`. Beside `userId`, since no engine counts nulls as equal. */
  @Column({ type: 'varchar', length: 32 })
  owner!: string;

  /** The name without case and accents, by which it is found; the key of a built-in one. */
  @Column({ type: 'varchar', length: 64 })
  word!: string;

  /** The person of a `person:…`, with whom the command goes; null for all others. */
  @Column({ name: 'user_id', type: 'int', nullable: true })
  userId!: number | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_commands_user' })
  user!: Relation<User> | null;

  /** The built-in command that this one takes the place of. */
  @Column({ name: 'built_in', type: 'varchar', length: 16, nullable: true })
  builtIn!: string | null;

  /** As its author writes it, without the slash. */
  @Column({ type: 'varchar', length: 32 })
  name!: string;

  @Column({ type: 'varchar', length: 120 })
  title!: string;

  /** What is asked; may hold `{{variables}}`. */
  @Column({ type: 'text' })
  text!: string;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: Date, precision: 3 })
  updatedAt!: Date;
}
