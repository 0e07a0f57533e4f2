import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerFollower } from '../../answering/answer-follower.js';
import type { FollowAnswer } from '../../answering/event-log/event-log.js';
import type { Accepted } from '../../answering/answering.service.js';
import type { Position } from '../../answering/event-log/logged-event.js';
import { type Changed, SessionStandings } from '../../auth/sessions/session-standings.js';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import type { Caller } from '../../platform/caller.js';
import { DomainError } from '../../platform/domain-error.js';
import { preferredLanguage } from '../../platform/language.rules.js';
import { Metrics } from '../../platform/metrics.js';
import { toPost } from '../../posts/post.response.js';
import { PostsService } from '../../posts/posts.service.js';
import { SseStream } from './sse-stream.js';

/** How long a caller that wants JSON waits for the whole answer. */
const JSON_WAIT_MS = 60_000;

/** Answers a request whose prompt was accepted: as a stream, or as JSON once the answer is there. */
@Injectable()
export class AnswerReplies {
  private readonly open = new Map<SseStream, Caller>();

  constructor(
    private readonly follower: AnswerFollower,
    private readonly posts: PostsService,
    private readonly sessions: SessionStandings,
    @Inject(ENV) private readonly env: Env,
    metrics: Metrics,
  ) {
    metrics.gauge('prosa_stream_readers', 'Event streams that are open.', () => this.open.size);
    sessions.changed$.subscribe((changed) => {
      this.check(changed);
    });
  }

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
      const follow = await this.follower.find(caller, postId, runId);
      this.begin(request, reply, caller, follow, { seq: 0, chars: startsAt });
      return;
    }
    await this.follower.waitForEnd(runId, JSON_WAIT_MS);
    const language = preferredLanguage(request.headers['accept-language']);
    const post = toPost(await this.posts.get(caller, postId), language);
    void reply.status(post.status === 'answering' ? 202 : 201).send(post);
  }

  /** Streams a post's answer from a position on. @throws {DomainError} POST.NOT_FOUND */
  async stream(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
    postId: number,
    after: Position,
  ): Promise<void> {
    this.begin(request, reply, caller, await this.follower.find(caller, postId), after);
  }

  private begin(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
    follow: FollowAnswer,
    after: Position,
  ): void {
    const language = preferredLanguage(request.headers['accept-language']);
    const isAllowed = () => this.isAllowed(caller);
    const heartbeatMs = this.env.STREAM_HEARTBEAT_SECONDS * 1000;
    const stream = new SseStream(reply, language, isAllowed, heartbeatMs);
    const unfollow = follow(after, stream.send);
    this.open.set(stream, caller);
    stream.onClose(() => {
      this.open.delete(stream);
      unfollow();
    });
  }

  /** Whoever signed out, or was suspended, reads no further. */
  private check(changed: Changed): void {
    for (const [stream, { id, sessionId }] of this.open) {
      if (id === changed.userId || sessionId === changed.sessionId) void stream.check();
    }
  }

  /** Whether the reader's session still stands. A database that is away takes nothing from it. */
  private async isAllowed({ sessionId }: Caller): Promise<boolean> {
    if (sessionId === null) {
      return true; // A program: its token stands as long as this process.
    }
    try {
      await this.sessions.callerOf(sessionId);
      return true;
    } catch (error) {
      return !(error instanceof DomainError);
    }
  }
}

const wantsStream = ({ headers }: FastifyRequest) =>
  headers.accept?.includes('text/event-stream') === true;
