import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { Collection } from './collection.entity.js';
import { User } from './user.entity.js';

/** What somebody may do in a collection of another person. */
export const SHARE_ROLES = ['reader', 'editor'] as const;
export type ShareRole = (typeof SHARE_ROLES)[number];

/**
 * A person with whom a collection is shared: lets them read it while its visibility is `shared`, and
 * an editor change it while that is `shared` or `everyone`.
 */
@Entity('collection_shares')
@Index('IDX_collection_shares_user', ['userId'])
export class CollectionShare {
  @PrimaryColumn({ name: 'collection_id', type: 'int' })
  collectionId!: number;

  @ManyToOne(() => Collection, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'collection_id',
    foreignKeyConstraintName: 'FK_collection_shares_collection',
  })
  collection!: Relation<Collection>;

  @PrimaryColumn({ name: 'user_id', type: 'int' })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'FK_collection_shares_user' })
  user!: Relation<User>;

  @Column({ type: 'varchar', length: 16 })
  role!: ShareRole;
}
