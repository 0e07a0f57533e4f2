import { Injectable } from '@nestjs/common';
import { AnswerFollower } from '../../answering/answer-follower.js';
import { type Ask, Answering, type Asker } from '../../answering/answering.service.js';
import { toPost } from '../../posts/post.response.js';
import type { PostView } from '../../posts/posts.schema.js';
import { PostsService } from '../../posts/posts.service.js';
import { chatAnswer } from './chat-answer.rules.js';
import type { ChatAnswer, SourcedAnswer, SourcedQuestion } from './chat.schema.js';

/** How long a caller waits for the whole answer: as long as at the web's door. */
const WAIT_MS = 60_000;

/** A question and its answer, in one go. Each is a conversation of its own. */
@Injectable()
export class SimpleChat {
  constructor(
    private readonly answering: Answering,
    private readonly follower: AnswerFollower,
    private readonly posts: PostsService,
  ) {}

  /**
   * Asks and waits for the answer.
   * @throws {DomainError} what refuses the question, then nothing is stored; or why there is no
   * answer, then the question is kept.
   */
  async ask(asker: Asker, question: string): Promise<ChatAnswer> {
    return chatAnswer(await this.answered(asker, { prompt: question }));
  }

  /**
   * Asks the team's documents, and waits for the answer with its sources.
   * @throws {DomainError} as {@link ask}; and COLLECTION.NOT_FOUND for one that the caller may not read.
   */
  async askDocuments(
    asker: Asker,
    { question, collectionIds }: SourcedQuestion,
  ): Promise<SourcedAnswer> {
    const ask = { prompt: question, knowledge: true, collectionIds };
    const post = await this.answered(asker, ask);
    const { sources, citations, conversationId, id } = post;
    return { ...chatAnswer(post), sources, citations, conversationId, postId: id };
  }

  private async answered(asker: Asker, ask: Omit<Ask, 'parentId'>): Promise<PostView> {
    const { runId, postId } = await this.answering.askAnew(asker, ask);
    await this.follower.waitForEnd(runId, WAIT_MS);
    return toPost(await this.posts.get(asker.caller, postId), asker.language);
  }
}
