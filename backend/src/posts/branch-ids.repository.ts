import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Engine, engineOf } from '#db';
import { DataSource } from 'typeorm';

/** Levels a query: MariaDB ends a recursive query, without an error, after 1,000. */
const LEVELS = 900;

/** One row of text instead of a row a post: 900 rows would cost the event loop a millisecond. */
const JOINED: Record<Engine, string> = {
  sqlite: 'GROUP_CONCAT(b.id)',
  mariadb: 'GROUP_CONCAT(b.id)',
  postgres: `STRING_AGG(CAST(b.id AS text), ',')`,
};

/** Which posts a branch is made of, however deep it is. */
@Injectable()
export class BranchIdsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * The ids of a branch from its leaf towards the beginning, newest first.
   * @param until the walk ends at this post, or where it would have stood: a parent's id is smaller
   * than its child's. 0 for the whole branch.
   */
  async from(conversationId: number, leaf: number, until = 0): Promise<number[]> {
    const ids = await this.levels(conversationId, leaf, until);
    for (let last = ids; last.length === LEVELS;) {
      last = await this.levels(conversationId, last[LEVELS - 1] ?? 0, until);
      ids.push(...last.slice(1)); // The walk went on at the last post of the one before.
    }
    return ids;
  }

  private async levels(conversationId: number, from: number, until: number): Promise<number[]> {
    const row = await this.dataSource
      .createQueryBuilder()
      .addCommonTableExpression(
        `SELECT id, parent_id, 1 FROM posts
           WHERE id = :from AND id >= :until AND conversation_id = :conversationId
         UNION ALL
         SELECT p.id, p.parent_id, b.depth + 1 FROM posts p
           INNER JOIN branch b ON p.id = b.parent_id WHERE b.depth < :levels AND p.id >= :until`,
        'branch',
        { recursive: true, columnNames: ['id', 'parent_id', 'depth'] },
      )
      .select(JOINED[engineOf(this.dataSource)], 'ids')
      .from('branch', 'b')
      .setParameters({ from, until, conversationId, levels: LEVELS })
      .getRawOne<{ ids: string | null }>();
    const ids = row?.ids?.split(',').map(Number) ?? [];
    return ids.sort((a, b) => b - a);
  }
}
