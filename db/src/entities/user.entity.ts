import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

export const ROLES = ['admin', 'member'] as const;
export type Role = (typeof ROLES)[number];

/** The role of the built-in member that programs act as. Nobody can be given it. */
export const SERVICE_ROLE = 'service';

/** A person who signs in, or the built-in member `service`. */
@Entity('users')
@Unique('UQ_users_username', ['username'])
export class User {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  /** Lower-cased: collations differ on whether case counts. */
  @Column({ type: 'varchar', length: 255 })
  username!: string;

  /** argon2id in PHC format. Never selected unless asked for by name. */
  @Column({ type: 'varchar', length: 255, select: false })
  password!: string;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ name: 'display_name', type: 'varchar', length: 120, nullable: true })
  displayName!: string | null;

  @Column({ type: 'varchar', length: 16 })
  role!: Role | typeof SERVICE_ROLE;

  @Column({ type: 'varchar', length: 16, nullable: true })
  locale!: string | null;

  /** Set by an administrator's reset: the next sign-in must choose a new password. */
  @Column({ name: 'must_change_password', type: Boolean })
  mustChangePassword!: boolean;

  @Column({ name: 'suspended_at', type: Date, precision: 3, nullable: true })
  suspendedAt!: Date | null;

  /** How the person wants to be answered, in every conversation. */
  @Column({ type: 'text', nullable: true })
  instructions!: string | null;

  /** Since when this person lets own corrections and well rated answers train a model. */
  @Column({ name: 'training_consent_at', type: Date, precision: 3, nullable: true })
  trainingConsentAt!: Date | null;
}
