import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Post, postsWithWords, Summary } from '#db';
import { DataSource, IsNull } from 'typeorm';
import { type Hit, MOST_HITS } from './relevance.rules.js';
import type { StoredTurn, SummaryText, Turn } from './turn.js';

/** What a person has marked in a conversation. */
export interface Marks {
  readonly pinned: readonly number[];
  readonly freshStarts: readonly number[];
}

/** A turn, and which older ones were chosen for it. */
export type KeepingTurn = StoredTurn & { readonly keptIds: readonly number[] };

interface TurnRow {
  readonly id: number;
  readonly prompt: string;
  readonly answer: string;
  readonly tokens: number | null;
  readonly status: Post['status'];
  readonly kept: string | null;
  readonly policy: number | null;
}

/** Reads what of a conversation may be sent: plain rows, for thousands of entities cost too much. */
@Injectable()
export class BranchRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** From the index alone, however long the conversation is. */
  async marks(conversationId: number): Promise<Marks> {
    const rows = await this.posts()
      .select('p.id', 'id')
      .addSelect('CASE WHEN p.pinnedAt IS NULL THEN 0 ELSE 1 END', 'pinned')
      .addSelect('CASE WHEN p.freshStartAt IS NULL THEN 0 ELSE 1 END', 'fresh')
      .where('p.conversationId = :conversationId', { conversationId })
      .andWhere('(p.pinnedAt IS NOT NULL OR p.freshStartAt IS NOT NULL)')
      .orderBy('p.id', 'DESC')
      .getRawMany<Record<'id' | 'pinned' | 'fresh', number>>();
    return {
      pinned: rows.filter(({ pinned }) => pinned === 1).map(({ id }) => id),
      freshStarts: rows.filter(({ fresh }) => fresh === 1).map(({ id }) => id),
    };
  }

  /** The turns of posts, newest first. */
  async turns(ids: readonly number[]): Promise<KeepingTurn[]> {
    if (ids.length === 0) return [];
    const rows = await this.posts()
      .select('p.id', 'id')
      .addSelect('COALESCE(p.asked, p.prompt)', 'prompt')
      .addSelect('p.body', 'answer')
      .addSelect('p.bodyTokens', 'tokens')
      .addSelect('p.status', 'status')
      .addSelect('p.keptIds', 'kept')
      .addSelect('p.policyId', 'policy')
      .where('p.id IN (:...ids)', { ids })
      .orderBy('p.id', 'DESC')
      .getRawMany<TurnRow>();
    return rows.map(({ id, prompt, answer, tokens, status, kept, policy }) => ({
      ...{ postId: id, prompt, answer, answerTokens: tokens, policyId: policy },
      state: stateOf(status, answer === ''),
      keptIds: idsIn(kept),
    }));
  }

  /** Which of these posts are not complete. */
  async incomplete(ids: readonly number[]): Promise<Map<number, 'unfinished' | 'blocked'>> {
    if (ids.length === 0) return new Map();
    const rows = await this.posts()
      .select('p.id', 'id')
      .addSelect('p.status', 'status')
      .where('p.id IN (:...ids)', { ids })
      .andWhere("(p.status IN ('answering', 'blocked') OR p.body = '')")
      .getRawMany<Pick<TurnRow, 'id' | 'status'>>();
    return new Map(
      rows.map(({ id, status }) => [id, status === 'blocked' ? 'blocked' : 'unfinished']),
    );
  }

  /** Where the words of a question stand in the posts of a conversation, up to one of them. */
  hits(
    ownerId: number,
    place: { readonly conversationId: number; readonly from: number; readonly to: number },
    words: readonly string[],
  ): Promise<Hit[]> {
    return postsWithWords(this.dataSource.manager, { ownerId, ...place, limit: MOST_HITS }, words);
  }

  /** Summaries in use, of all branches, the one that covers most first. */
  async summaries(conversationId: number): Promise<SummaryText[]> {
    const rows = await this.dataSource.getRepository(Summary).find({
      select: { id: true, afterPostId: true, postId: true, posts: true, text: true },
      where: { conversationId, owner: IsNull(), undoneAt: IsNull() },
      order: { postId: 'DESC' },
    });
    return rows.map(({ id, afterPostId, postId, posts, text }) => ({
      ...{ id, afterPostId, postId, posts, text },
    }));
  }

  private posts() {
    return this.dataSource.createQueryBuilder().from(Post, 'p');
  }
}

function stateOf(status: Post['status'], isEmpty: boolean): Turn['state'] {
  if (status === 'blocked') return 'blocked';
  return isEmpty || status === 'answering' ? 'unfinished' : 'complete';
}

const idsIn = (kept: string | null): number[] =>
  kept === null || kept === '' ? [] : kept.split(',').map(Number);
