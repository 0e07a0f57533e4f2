import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Conversation } from './conversation.entity.js';
import { User } from './user.entity.js';

/** Who may read a collection: its owner alone, people by name, or everybody in the team. */
export const COLLECTION_VISIBILITIES = ['private', 'shared', 'everyone'] as const;
export type CollectionVisibility = (typeof COLLECTION_VISIBILITIES)[number];

/** Documents that answers may stand on; or what was attached to a conversation. */
@Entity('collections')
@Unique('UQ_collections_conversation', ['conversationId'])
@Index('IDX_collections_user', ['userId', 'deletedAt'])
export class Collection {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  /** Its owner, with whom it goes. */
  @Column({ name: 'user_id', type: 'int' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_collections_user' })
  user!: Relation<User>;

  /** The conversation whose attachments these are; they are private, and go with it. */
  @Column({ name: 'conversation_id', type: 'int', nullable: true })
  conversationId!: number | null;

  @ManyToOne(() => Conversation, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'conversation_id', foreignKeyConstraintName: 'FK_collections_conversation' })
  conversation!: Relation<Conversation> | null;

  @Column({ type: 'varchar', length: 120 })
  name!: string;

  @Column({ type: 'varchar', length: 500, default: '' })
  description!: string;

  @Column({ type: 'varchar', length: 16 })
  visibility!: CollectionVisibility;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: Date, precision: 3 })
  updatedAt!: Date;

  /** In the trash since; nothing of it is found from then on. */
  @Column({ name: 'deleted_at', type: Date, precision: 3, nullable: true })
  deletedAt!: Date | null;
}
