import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerFollower } from '../../answering/answer-follower.js';
import type { Accepted } from '../../answering/answering.service.js';
import type { Position } from '../../answering/event-log/event-log.js';
import { SessionStandings } from '../../auth/sessions/session-standings.js';
import type { Caller } from '../../platform/caller.js';
import { preferredLanguage } from '../../platform/language.rules.js';
import { toPost } from '../../posts/post.response.js';
import { PostsService } from '../../posts/posts.service.js';
import { SseStream } from './sse-stream.js';

/** How long a caller that wants JSON waits for the whole answer. */
const JSON_WAIT_MS = 60_000;

/** Answers a request whose prompt was accepted: as a stream, or as JSON once the answer is there. */
@Injectable()
export class AnswerReplies {
  constructor(
    private readonly follower: AnswerFollower,
    private readonly posts: PostsService,
    private readonly sessions: SessionStandings,
  ) {}

  /**
   * 200 with a stream when the caller accepts one; else 201 with the post, or 202 when the answer
   * takes longer than a minute.
   */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
    { runId, postId, startsAt }: Accepted,
  ): Promise<void> {
    if (wantsStream(request)) {
      await this.stream(request, reply, caller, postId, { seq: 0, chars: startsAt });
      return;
    }
    const ended = await this.follower.waitForEnd(runId, JSON_WAIT_MS);
    const language = preferredLanguage(request.headers['accept-language']);
    const post = toPost(await this.posts.get(caller, postId), language);
    void reply.status(ended ? 201 : 202).send(post);
  }

  /** Streams a post's answer from a position on. @throws {DomainError} POST.NOT_FOUND */
  async stream(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
    postId: number,
    after: Position,
  ): Promise<void> {
    await this.posts.get(caller, postId);
    const language = preferredLanguage(request.headers['accept-language']);
    const stream = new SseStream(reply, language, () =>
      this.sessions.callerOf(caller.sessionId).then(
        () => true,
        () => false,
      ),
    );
    let left = false;
    let stop = () => {
      left = true;
    };
    stream.onClose(() => {
      stop();
    });
    stop = await this.follower.follow(caller, postId, after, stream.send);
    if (left) {
      stop();
    }
  }
}

const wantsStream = ({ headers }: FastifyRequest) =>
  headers.accept?.includes('text/event-stream') === true;
