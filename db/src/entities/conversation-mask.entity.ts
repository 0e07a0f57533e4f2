import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Conversation } from './conversation.entity.js';

/** What stands for personal data in a conversation: `[CPF_1]`, and, sealed, what it stands for. */
@Entity('conversation_masks')
@Unique('UQ_conversation_masks_value', ['conversationId', 'digest'])
@Unique('UQ_conversation_masks_name', ['conversationId', 'kind', 'n'])
export class ConversationMask {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ name: 'conversation_id', type: 'int' })
  conversationId!: number;

  @ManyToOne(() => Conversation, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'conversation_id',
    foreignKeyConstraintName: 'FK_conversation_masks_conversation',
  })
  conversation!: Relation<Conversation>;

  /** In capitals, as it stands in the placeholder: `CPF`. */
  @Column({ type: 'varchar', length: 32 })
  kind!: string;

  /** From 1, for each kind. */
  @Column({ type: 'int' })
  n!: number;

  /** HMAC of kind and value, in hexadecimal: the same value gets the same placeholder. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  /** The value, encrypted. */
  @Column({ type: 'text' })
  sealed!: string;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;
}
