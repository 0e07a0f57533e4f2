import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Conversation, Post, Usage, User } from '#db';
import { DataSource, In, LessThan } from 'typeorm';
import type { AskedPrompt } from './replayed-prompts.js';

const ROWS_AT_ONCE = 200;

/** Ids of posts looked at together; so many in a row that are older mean that all before them are. */
const IDS_AT_ONCE = 2000;

/** Of a post whose call is in no ledger: set answers and such. */
const USUAL_DOOR = 'web';

/** What was asked here of late, as it is stored: with placeholders for what was masked. */
@Injectable()
export class ReplayRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * The posts asked since a moment, oldest first. Of a blocked prompt no text is stored: it is left
   * out. Times have no index; ids grow with them, but for copies of branches.
   */
  async findAsked(since: Date): Promise<number[]> {
    const found: number[] = [];
    let below: number | undefined;
    for (;;) {
      const rows = await this.dataSource.getRepository(Post).find({
        select: { id: true, createdAt: true, status: true },
        where: below === undefined ? {} : { id: LessThan(below) },
        order: { id: 'DESC' },
        take: IDS_AT_ONCE,
      });
      const recent = rows.filter(({ createdAt }) => createdAt >= since);
      found.push(...recent.filter(({ status }) => status !== 'blocked').map(({ id }) => id));
      below = rows.at(-1)?.id;
      if (recent.length === 0 || rows.length < IDS_AT_ONCE) return found.reverse();
    }
  }

  /** What these posts asked, in batches. One that was deleted meanwhile is left out. */
  async *read(ids: readonly number[]): AsyncGenerator<AskedPrompt[]> {
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
      yield await this.promptsOf(ids.slice(at, at + ROWS_AT_ONCE));
    }
  }

  private async promptsOf(ids: readonly number[]): Promise<AskedPrompt[]> {
    const doors = await this.doorsOf(ids);
    const { entities, raw } = await this.dataSource
      .getRepository(Post)
      .createQueryBuilder('post')
      .select(['post.id', 'post.prompt'])
      .innerJoin(Conversation, 'conversation', 'conversation.id = post.conversationId')
      .innerJoin(User, 'person', 'person.id = conversation.userId')
      .addSelect('person.role', 'role')
      .addSelect('person.id', 'person_id')
      .where('post.id IN (:...ids)', { ids })
      .orderBy('post.id', 'ASC')
      .getRawAndEntities<{ role: string; person_id: unknown }>();
    return entities.map(({ id, prompt }, at) => ({
      text: prompt,
      expected: null,
      who: { role: String(raw[at]?.role), door: doors.get(id) ?? USUAL_DOOR },
      personId: Number(raw[at]?.person_id),
    }));
  }

  private async doorsOf(postIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.dataSource.getRepository(Usage).find({
      select: { id: true, postId: true, door: true },
      where: { postId: In([...postIds]), purpose: 'answer' },
    });
    return new Map(rows.map(({ postId, door }) => [Number(postId), door]));
  }
}
