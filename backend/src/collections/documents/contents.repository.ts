import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Chunk, Post, PostSource } from '#db';
import { Between, DataSource, MoreThan } from 'typeorm';

/** The text of documents, and who stood on it. */
@Injectable()
export class ContentsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Passages of a version in their order. @param after the last one before them; 0 for none. */
  passagesAfter(versionId: number, after: number, limit: number): Promise<Chunk[]> {
    return this.dataSource.getRepository(Chunk).find({
      where: { versionId, n: MoreThan(after) },
      order: { n: 'ASC' },
      take: limit,
    });
  }

  /** A passage and those around it. @param reach how many on each side. */
  passagesAround(versionId: number, n: number, reach: number): Promise<Chunk[]> {
    return this.dataSource.getRepository(Chunk).find({
      where: { versionId, n: Between(n - reach, n + reach) },
      order: { n: 'ASC' },
    });
  }

  /**
   * A person's own posts, not in the trash, whose answers cited a document, with their conversation:
   * newest first.
   * @param before an id; undefined for the first page.
   */
  async findCiting(
    userId: number,
    documentId: number,
    before: number | undefined,
    limit: number,
  ): Promise<Post[]> {
    const query = this.dataSource
      .getRepository(Post)
      .createQueryBuilder('p')
      .select(['p.id', 'p.prompt', 'p.createdAt', 'c.id', 'c.title'])
      .innerJoin('p.conversation', 'c')
      .where('c.userId = :userId AND c.status = :status', { userId, status: 'online' })
      .andWhere((posts) => {
        const cited = posts
          .subQuery()
          .select('s.post_id')
          .from(PostSource, 's')
          .where('s.document_id = :documentId', { documentId });
        return `p.id IN ${cited.getQuery()}`;
      })
      .orderBy('p.id', 'DESC')
      .limit(limit);
    if (before !== undefined) query.andWhere('p.id < :before', { before });
    return query.getMany();
  }
}
