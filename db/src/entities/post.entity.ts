import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Conversation } from './conversation.entity.js';

/** `answering` until a run settles; every other status is final for that run. */
export const POST_STATUSES = [
  'answering',
  'done',
  'stopped',
  'interrupted',
  'blocked',
  'failed',
] as const;
export type PostStatus = (typeof POST_STATUSES)[number];

/** A prompt and its answer. Posts form a tree by `parentId`; siblings are other branches. */
@Entity('posts')
@Index('IDX_posts_branch', ['conversationId', 'id', 'parentId', 'pinnedAt', 'freshStartAt'])
@Index('IDX_posts_parent', ['parentId'])
export class Post {
  @PrimaryGeneratedColumn({ type: 'int' })
  id!: number;

  @Column({ type: 'text' })
  prompt!: string;

  /** What the model is asked where a command made that of the prompt; null: the prompt itself. */
  @Column({ type: 'text', nullable: true })
  asked!: string | null;

  /** Written once, at settle or recovery; until then the answer is in `post_parts`. */
  @Column({ type: 'text' })
  body!: string;

  @Column({ name: 'conversation_id', type: 'int' })
  conversationId!: number;

  @ManyToOne(() => Conversation, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'conversation_id', foreignKeyConstraintName: 'FK_posts_conversation' })
  conversation!: Relation<Conversation>;

  @Column({ name: 'created_at', type: Date, precision: 3 })
  createdAt!: Date;

  /** No foreign key: InnoDB ends cascades within one table after 15 levels. */
  @Column({ name: 'parent_id', type: 'int', nullable: true })
  parentId!: number | null;

  @Column({ type: 'varchar', length: 16 })
  status!: PostStatus;

  @Column({ name: 'error_code', type: 'varchar', length: 40, nullable: true })
  errorCode!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  model!: string | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  route!: string | null;

  /** Why it went there; null for answers from before reasons were kept. */
  @Column({ name: 'route_reason', type: 'varchar', length: 16, nullable: true })
  routeReason!: string | null;

  /** Whether its person wished for the web; null: that was left to Prosa. */
  @Column({ name: 'wished_web', type: Boolean, nullable: true })
  wishedWeb!: boolean | null;

  /** The same of what Prosa was given to read. */
  @Column({ name: 'wished_knowledge', type: Boolean, nullable: true })
  wishedKnowledge!: boolean | null;

  /** The collections that were to be searched: their ids, between commas; null: all. */
  @Column({ name: 'wished_collections', type: 'text', nullable: true })
  wishedCollections!: string | null;

  @Column({ name: 'pinned_at', type: Date, precision: 3, nullable: true })
  pinnedAt!: Date | null;

  /** When it became the last post that is sent no more, nor any before it; null: it is not. */
  @Column({ name: 'fresh_start_at', type: Date, precision: 3, nullable: true })
  freshStartAt!: Date | null;

  /** Older turns that its model was sent for their relevance: their ids, between commas. */
  @Column({ name: 'kept_ids', type: 'text', nullable: true })
  keptIds!: string | null;

  @Column({ name: 'prompt_tokens', type: 'int', nullable: true })
  promptTokens!: number | null;

  @Column({ name: 'body_tokens', type: 'int', nullable: true })
  bodyTokens!: number | null;

  /** The policy whose local rails saw prompt and body last; null: none did. */
  @Column({ name: 'policy_id', type: 'int', nullable: true })
  policyId!: number | null;

  @Column({ name: 'finished_at', type: Date, precision: 3, nullable: true })
  finishedAt!: Date | null;

  /** When it was last the end of the branch shown, and no longer is. Null: never left. */
  @Column({ name: 'left_at', type: Date, precision: 3, nullable: true })
  leftAt!: Date | null;
}
