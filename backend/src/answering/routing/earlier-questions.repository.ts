import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Post } from '#db';
import { DataSource } from 'typeorm';
import { goesOn } from './question.rules.js';

/** Questions that a chain of follow-ups is traced back through. */
const MOST_BACK = 3;

/** The questions that a follow-up goes on from. */
@Injectable()
export class EarlierQuestionsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * What was asked before a question that says what it is about only together with that, oldest
   * first: back to one that stands for itself. Nothing for a question that does so itself.
   */
  async before(question: string, parentId: number | null): Promise<string[]> {
    const earlier: string[] = [];
    let current = question;
    for (let id = parentId; id !== null && earlier.length < MOST_BACK && goesOn(current);) {
      const post: Pick<Post, 'prompt' | 'parentId' | 'status'> | null = await this.dataSource
        .getRepository(Post)
        .findOne({
          select: { id: true, prompt: true, parentId: true, status: true },
          where: { id },
        });
      if (!post || post.status === 'blocked') break;
      earlier.unshift(post.prompt);
      current = post.prompt;
      id = post.parentId;
    }
    return earlier;
  }
}
