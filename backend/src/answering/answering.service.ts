import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isDuplicate, type Post, type Run, type RunKind } from '#db';
import type { ChatModel } from '../llm/chat-model.js';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import type { Language } from '../platform/language.rules.js';
import { type Wishes, wishesOf } from '../posts/wishes.rules.js';
import { AcceptingRepository, type NewRun, type Stored } from './accepting.repository.js';
import type { GuardedAsk } from './guarded-ask.js';
import type { AcceptedRun } from './live-run.js';
import { Runner } from './runner.js';
import { Admission, type Admitted } from './steps/admission.js';
import { Fit } from './steps/fit.js';
import { GuardIn, guardTold } from './steps/guard-in.js';
import type { Wording } from './steps/to-guard.js';
import { Prepare } from './steps/prepare.js';
import type { Instructions } from './system-prompt.js';

/** Who asks, at which door, in which language, under which key. */
export interface Asker {
  readonly caller: Caller;
  readonly door: string;
  readonly language: Language;
  readonly idempotencyKey: string | null;
  /** Whose limits it counts against, of somebody unknown; absent: the caller's own. */
  readonly countedAs?: string;
}

export interface Ask {
  readonly prompt: string;
  /** Undefined: after the leaf; null: a new beginning. */
  readonly parentId?: number | null | undefined;
  readonly model?: string | undefined;
  readonly web?: boolean | undefined;
  readonly knowledge?: boolean | undefined;
  /** Absent: all that the caller may read. */
  readonly collectionIds?: readonly number[] | undefined;
}

/** A run that was accepted, now or under the same key before. */
export interface Accepted {
  readonly runId: string;
  readonly postId: number;
  /** Where the text of this run begins in the body. */
  readonly startsAt: number;
}

/** A run about to be accepted. */
interface Request {
  readonly kind: RunKind;
  readonly wording: Wording;
  readonly model: ChatModel;
  readonly instructions: Instructions;
  readonly wishes: Wishes;
  readonly hash: string;
  store(run: NewRun): Promise<Stored>;
}

/**
 * The engine behind every door: admits, guards and stores what is asked, and starts its answer.
 * Once a method here has returned, the prompt is in the database and nothing of it is lost.
 */
@Injectable()
export class Answering {
  constructor(
    private readonly access: Access,
    private readonly prepare: Prepare,
    private readonly guard: GuardIn,
    private readonly admission: Admission,
    private readonly fit: Fit,
    private readonly runs: AcceptingRepository,
    private readonly runner: Runner,
  ) {}

  /**
   * Asks in a conversation.
   * @throws {DomainError} whatever refuses it; then nothing was stored and the key is unused.
   */
  async ask(asker: Asker, conversationId: number, ask: Ask): Promise<Accepted> {
    const { caller, language } = asker;
    const wording = await this.prepare.wording(caller, ask.prompt, language);
    const conversation = await this.access.onlineConversation(caller, conversationId);
    return this.once(
      asker,
      this.guard.hashOf({ kind: 'ask', conversationId, ...ask }),
      async (hash) => ({
        kind: 'ask',
        ...(await this.prepare.answerer(caller, conversation, ask.model)),
        wording,
        wishes: await this.prepare.wishes(caller, ask),
        hash,
        store: (run) => this.runs.newPost(run, conversationId, ask.parentId),
      }),
    );
  }

  /**
   * Asks in a new conversation, which is made together with the post or not at all. It keeps the
   * model that was asked for.
   * @throws {DomainError} whatever refuses it; then nothing was stored and the key is unused.
   */
  async askAnew(asker: Asker, ask: Omit<Ask, 'parentId'>): Promise<Accepted> {
    const { prompt, model = null } = ask;
    const { caller, door: channel, language } = asker;
    const wording = await this.prepare.wording(caller, prompt, language);
    const conversation = { instructions: null, model };
    return this.once(
      asker,
      this.guard.hashOf({ kind: 'ask-anew', door: channel, ...ask }),
      async (hash) => ({
        kind: 'ask',
        ...(await this.prepare.answerer(caller, conversation, ask.model)),
        wording,
        wishes: await this.prepare.wishes(caller, ask),
        hash,
        store: (run) => this.runs.newConversation(run, { channel, model }),
      }),
    );
  }

  /** Asks the same again beside an answer: a sibling of it. */
  async regenerate(asker: Asker, postId: number, model?: string): Promise<Accepted> {
    const post = await this.access.changeablePost(asker.caller, postId);
    requireStored(post);
    const { conversation, parentId } = post;
    return this.once(
      asker,
      this.guard.hashOf({ kind: 'regenerate', postId, model }),
      async (hash) => ({
        kind: 'regenerate',
        ...(await this.prepare.answerer(asker.caller, conversation, model)),
        wording: post,
        wishes: wishesOf(post),
        hash,
        store: (run) => this.runs.newPost(run, conversation.id, parentId),
      }),
    );
  }

  /** Goes on with an answer that ended early: the same post, whose body only grows. */
  async continue(asker: Asker, postId: number): Promise<Accepted> {
    const post = await this.access.changeablePost(asker.caller, postId);
    requireStored(post);
    const { conversation } = post;
    const place = { ...conversation, model: post.model ?? conversation.model };
    return this.once(asker, this.guard.hashOf({ kind: 'continue', postId }), async (hash) => ({
      kind: 'continue',
      ...(await this.prepare.answerer(asker.caller, place, undefined)),
      wording: post,
      wishes: wishesOf(post),
      hash,
      store: (run) => this.runs.continuation(run, conversation.id, postId),
    }));
  }

  /** Stops the answer to a post, if one is being made. Returns when its end has been stored. */
  async stop(caller: Caller, postId: number): Promise<void> {
    await this.access.post(caller, postId);
    await this.runner.stop(postId);
  }

  /** Accepts a request, or joins the run that was accepted under the same key. */
  private async once(
    asker: Asker,
    hash: string,
    prepare: (hash: string) => Promise<Request>,
  ): Promise<Accepted> {
    const earlier = await this.findEarlier(asker, hash);
    if (earlier) {
      return earlier;
    }
    let leave: (() => void) | undefined;
    try {
      const request = await prepare(hash);
      const { model, wording, instructions } = request;
      const prompt = wording.asked ?? wording.prompt;
      const asked = { prompt, instructions, language: asker.language };
      await this.fit.requireRoom(model, asked);
      const admitted = await this.admission.admit(asker, model, () => this.fit.least(model, asked));
      ({ leave } = admitted);
      return await this.accept(asker, request, admitted);
    } catch (error) {
      leave?.();
      // The same request, sent twice at once: the other one may have been accepted meanwhile.
      const refused = isDuplicate(error) || error instanceof DomainError;
      const winner = refused ? await this.findEarlier(asker, hash) : undefined;
      if (winner) {
        return winner;
      }
      throw error;
    }
  }

  private async findEarlier(
    { caller, idempotencyKey }: Asker,
    hash: string,
  ): Promise<Accepted | undefined> {
    const run: Run | null =
      idempotencyKey === null ? null : await this.runs.findByKey(caller.id, idempotencyKey);
    if (!run) {
      return undefined;
    }
    if (run.requestHash !== hash) {
      throw new DomainError('RUN.KEY_REUSED');
    }
    return { runId: run.id, postId: run.postId, startsAt: 0 };
  }

  private async accept(
    asker: Asker,
    request: Request,
    { leave, take, giveBack }: Admitted,
  ): Promise<Accepted> {
    const id = randomBytes(16).toString('hex');
    const { trace, arrived } = this.runner.expect(id);
    try {
      const guarded = await trace.step(
        'guard in',
        () => this.guarded(id, asker, request),
        guardTold,
      );
      const run: NewRun = {
        id,
        userId: asker.caller.id,
        door: asker.door,
        kind: request.kind,
        idempotencyKey: asker.idempotencyKey,
        requestHash: request.hash,
        modelId: request.model.id,
        traceId: trace.id,
        wishes: request.wishes,
        guarded,
        take,
        giveBack,
      };
      const stored = await trace.step('accept', () => request.store(run));
      this.guard.count(guarded.hits);
      const accepted = acceptedRun(run, asker, request, stored);
      if (guarded.ending) this.runner.endAtOnce(accepted, trace, guarded.ending, leave);
      else this.runner.start(accepted, trace, leave);
      const { post } = stored;
      return { runId: id, postId: post.id, startsAt: guarded.ending ? 0 : post.body.length };
    } finally {
      arrived();
    }
  }

  private guarded(
    runId: string,
    { caller, door, language }: Asker,
    { kind, wording, instructions, model }: Request,
  ): Promise<GuardedAsk> {
    return this.guard.judge({
      ...{ wording, instructions, userId: caller.id },
      person: { role: caller.role, door, language },
      isContinued: kind === 'continue',
      place: {
        run: { runId, userId: caller.id, username: caller.username },
        modelId: model.id,
      },
    });
  }
}

/** @throws {DomainError} GUARDRAIL.NOT_STORED for a prompt of which only a notice was kept. */
function requireStored({ errorCode }: Pick<Post, 'errorCode'>): void {
  if (errorCode === 'GUARDRAIL.BLOCKED') throw new DomainError('GUARDRAIL.NOT_STORED');
}

function acceptedRun(
  { id, kind, door, wishes, guarded }: NewRun,
  { caller, language, countedAs }: Asker,
  { model }: Request,
  { post, prompt, typed, instructions, earlierText }: Stored,
): AcceptedRun {
  return {
    id,
    kind,
    postId: post.id,
    parentId: post.parentId,
    conversationId: post.conversationId,
    userId: caller.id,
    username: caller.username,
    role: caller.role,
    prompt,
    typed,
    earlierText,
    instructions,
    modelId: model.id,
    wishes,
    language,
    door,
    hits: guarded.hits,
    isVisitor: countedAs !== undefined,
  };
}
