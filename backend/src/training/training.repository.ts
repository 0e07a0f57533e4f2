import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull, Not, type SelectQueryBuilder } from 'typeorm';
import { Conversation, Feedback, inTransaction, isDuplicate, Post, TrainingPair, User } from '#db';
import type { Example } from './fine-tuning.rules.js';

/** An example, and where to go on reading after it. */
export type StoredExample = Example & { readonly id: number };

/** Questions with their right answers, and who lets them be used. */
@Injectable()
export class TrainingRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Since when the person consents; null: not. */
  async consentOf(userId: number): Promise<Date | null> {
    const user = await this.dataSource
      .getRepository(User)
      .findOne({ where: { id: userId }, select: { id: true, trainingConsentAt: true } });
    return user?.trainingConsentAt ?? null;
  }

  /** What was consented to before keeps its date. */
  async setConsent(userId: number, given: boolean): Promise<void> {
    await inTransaction(this.dataSource, (manager) =>
      manager.update(
        User,
        { id: userId, trainingConsentAt: given ? IsNull() : Not(IsNull()) },
        { trainingConsentAt: given ? new Date() : null },
      ),
    );
  }

  /** The person's correction of a post; null: none. */
  correctionOf(postId: number): Promise<TrainingPair | null> {
    return this.dataSource.getRepository(TrainingPair).findOneBy({ postId });
  }

  /** Writes a correction, in the place of the one before. */
  async correct(userId: number, post: Post, answer: string): Promise<void> {
    try {
      await this.write(userId, post, answer);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await this.write(userId, post, answer); // Two at once made the first one.
    }
  }

  private write(userId: number, post: Post, answer: string): Promise<void> {
    const { id: postId } = post;
    return inTransaction(this.dataSource, async (manager) => {
      const now = new Date();
      const { affected } = await manager.update(
        TrainingPair,
        { postId },
        { answer, updatedAt: now },
      );
      if (affected === 1) return;
      const question = post.asked ?? post.prompt;
      await insertPairs(manager, [
        { userId, postId, question, answer, createdAt: now, updatedAt: now },
      ]);
    });
  }

  async removeCorrection(postId: number): Promise<void> {
    await this.dataSource.getRepository(TrainingPair).delete({ postId });
  }

  /** Pairs that were given as such. */
  give(userId: number, examples: readonly Example[]): Promise<void> {
    const now = new Date();
    return inTransaction(this.dataSource, (manager) =>
      insertPairs(
        manager,
        examples.map(({ question, answer }) => ({
          ...{ userId, postId: null, question, answer },
          ...{ createdAt: now, updatedAt: now },
        })),
      ),
    );
  }

  /** Pairs of people who consent, and of programs; none of a conversation in the trash. */
  async pairsAfter(id: number, limit: number): Promise<StoredExample[]> {
    const pairs = await this.ofWilling(
      this.dataSource
        .createQueryBuilder(TrainingPair, 'pair')
        .innerJoin(User, 'person', 'person.id = pair.userId')
        .leftJoin(Post, 'post', 'post.id = pair.postId')
        .leftJoin(Conversation, 'conversation', 'conversation.id = post.conversationId'),
    )
      .andWhere("(pair.postId IS NULL OR conversation.status = 'online')")
      .andWhere('pair.id > :id', { id })
      .orderBy('pair.id')
      .take(limit)
      .getMany();
    return pairs.map(({ id: pairId, question, answer }) => ({ id: pairId, question, answer }));
  }

  /** Whole answers that their owner rated up and did not correct. */
  async ratedAfter(id: number, limit: number): Promise<StoredExample[]> {
    const posts = await this.ofWilling(
      this.dataSource
        .createQueryBuilder(Post, 'post')
        .innerJoin(Feedback, 'feedback', 'feedback.postId = post.id AND feedback.value = 1')
        .innerJoin(Conversation, 'conversation', 'conversation.id = post.conversationId')
        .innerJoin(User, 'person', 'person.id = conversation.userId')
        .leftJoin(TrainingPair, 'pair', 'pair.postId = post.id'),
    )
      .andWhere("pair.id IS NULL AND conversation.status = 'online' AND post.status = 'done'")
      .andWhere('post.id > :id', { id })
      .orderBy('post.id')
      .take(limit)
      .getMany();
    return posts.map((post) => ({
      id: post.id,
      question: post.asked ?? post.prompt,
      answer: post.body,
    }));
  }

  private ofWilling<T extends object>(query: SelectQueryBuilder<T>): SelectQueryBuilder<T> {
    return query.where("(person.trainingConsentAt IS NOT NULL OR person.role = 'service')");
  }
}

/** Rows of one statement: SQLite takes 32,766 parameters. */
const AT_ONCE = 1000;

async function insertPairs(
  manager: EntityManager,
  pairs: readonly Omit<TrainingPair, 'id' | 'user' | 'post'>[],
): Promise<void> {
  for (let from = 0; from < pairs.length; from += AT_ONCE) {
    await manager.insert(TrainingPair, pairs.slice(from, from + AT_ONCE));
  }
}
