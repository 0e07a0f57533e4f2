import { Injectable } from '@nestjs/common';
import type { GuardrailEvent, Post, Run } from '#db';
import { Guardrails } from '../guardrails/guardrails.js';
import { MasksRepository } from '../guardrails/masking/masks.repository.js';
import { PostsService } from '../posts/posts.service.js';
import type { Caller } from '../platform/caller.js';
import type { ErrorCode } from '../platform/error-codes.js';
import { EventLog, type FollowAnswer } from './event-log/event-log.js';
import type { EventListener, Position } from './event-log/logged-event.js';
import { LiveRuns } from './live-runs.js';
import { railEvents } from './rail-events.rules.js';
import { RestoredReader } from './restored-reader.js';
import { isRetryable } from './retryable.rules.js';
import { RunsRepository } from './runs.repository.js';

/** How soon a reader should ask again for an answer that another process is making. */
const ASK_AGAIN_MS = 1000;

const noop = () => undefined;

/** An answer as the database has it. */
interface Kept {
  readonly post: Post;
  readonly body: string;
  /** The last that answered it; null for a post that was copied. */
  readonly run: Run | null;
  readonly rails: readonly GuardrailEvent[];
}

/** Lets readers follow an answer from where they are: live, or from the database after its end. */
@Injectable()
export class AnswerFollower {
  constructor(
    private readonly posts: PostsService,
    private readonly runs: RunsRepository,
    private readonly live: LiveRuns,
    private readonly log: EventLog,
    private readonly guardrails: Guardrails,
    private readonly masks: MasksRepository,
  ) {}

  /**
   * Finds the answer to a post. What can fail does so here, before a reply has begun.
   * @param runId the run that was just accepted for it, where it is known: saves looking it up.
   * @throws {DomainError} POST.NOT_FOUND unless the post is the caller's.
   */
  async find(caller: Caller, postId: number, runId?: string): Promise<FollowAnswer> {
    const follow = await this.stored(caller, postId, runId);
    return (after, listener) =>
      new RestoredReader(() => this.masks.valuesOfPost(postId), listener).follow(follow, after);
  }

  /** The same with placeholders, as it is stored. */
  private async stored(caller: Caller, postId: number, runId?: string): Promise<FollowAnswer> {
    const joined = runId !== undefined && (await this.live.find(runId));
    const own = joined && (await this.log.find(joined.id));
    if (own) {
      return own;
    }
    const { post, body, rails } = await this.posts.get(caller, postId);
    const run = await this.runs.findLatestOfPost(postId);
    await (run && this.live.find(run.id));
    const followed = run && (await this.log.find(run.id));
    return (
      followed ??
      ((after, listener) => {
        this.replay({ post, body, rails, run }, after, listener);
        return noop;
      })
    );
  }

  /** Waits until the run has ended, at most so long. @returns whether it has. */
  async waitForEnd(runId: string, limitMs: number): Promise<boolean> {
    const run = await this.live.find(runId);
    if (!run) {
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => {
      resolve(false);
    }, limitMs);
    const ended = await Promise.race([run.ended.then(() => true), promise]);
    clearTimeout(timer);
    return ended;
  }

  /** The log is gone: what the database holds, in as few events as possible. */
  private replay({ post, body, rails, run }: Kept, after: Position, listener: EventListener): void {
    let { seq } = after;
    const tell = (event: Parameters<EventListener>[0]['event'], chars = body.length) => {
      seq += 1;
      listener({ position: { seq, chars }, event });
    };
    if (run && after.seq === 0) {
      // Who asked with a key and was cut off before the first event knows no post yet.
      const { id: postId, conversationId, parentId } = post;
      tell({ type: 'post', postId, conversationId, parentId, runId: run.id }, after.chars);
      for (const event of railEvents(rails)) tell(event, after.chars);
    }
    if (after.chars > body.length) {
      tell({ type: 'replace', text: this.guardrails.stored(body) });
    } else if (after.chars < body.length) {
      const text = this.guardrails.stored(body.slice(after.chars));
      tell({ type: 'delta', at: after.chars, text });
    }
    if (post.status === 'answering') {
      tell({ type: 'reconnect', afterMs: ASK_AGAIN_MS });
      return;
    }
    if (post.errorCode !== null) {
      const code = post.errorCode as ErrorCode; // Stored by us from the same list.
      tell({ type: 'error', code, retryable: isRetryable(code) });
    }
    tell({ type: 'done', status: post.status });
  }
}
