import { Injectable } from '@nestjs/common';
import { AnswerFollower } from '../../answering/answer-follower.js';
import { Answering, type Asker } from '../../answering/answering.service.js';
import { PostsService } from '../../posts/posts.service.js';
import { chatAnswer } from './chat-answer.rules.js';
import type { ChatAnswer } from './chat.schema.js';

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
    const { runId, postId } = await this.answering.askAnew(asker, { prompt: question });
    await this.follower.waitForEnd(runId, WAIT_MS);
    const { post, body } = await this.posts.get(asker.caller, postId);
    return chatAnswer({ ...post, body });
  }
}
