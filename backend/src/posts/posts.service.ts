import { Injectable } from '@nestjs/common';
import type { Post } from '#db';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { decodeCursor, encodeCursor } from '../platform/cursor.rules.js';
import { DomainError } from '../platform/domain-error.js';
import { type Page, toPage } from '../platform/page.schema.js';
import { Tracing } from '../tracing/tracing.js';
import { type BranchPage, BranchPages } from './branch-pages.js';
import { PlaceholderValues } from '../guardrails/masking/placeholder-values.js';
import type { PostDetails, PromptDetails } from './post.response.js';
import { PostDetailsRepository } from './post-details.repository.js';
import { PostsRepository } from './posts.repository.js';
import type { FeedbackWish, ListBranch, ListPrompts } from './posts.schema.js';

const NO_TIME = new Date(0);

/** Reads posts along the branches of their tree, and keeps what people say of answers. */
@Injectable()
export class PostsService {
  constructor(
    private readonly access: Access,
    private readonly posts: PostsRepository,
    private readonly pages: BranchPages,
    private readonly details: PostDetailsRepository,
    private readonly tracing: Tracing,
    private readonly values: PlaceholderValues,
  ) {}

  /** One branch of a conversation (or all of its posts), newest first. */
  async listBranch(
    caller: Caller,
    conversationId: number,
    query: ListBranch,
  ): Promise<BranchPage<PostDetails>> {
    const conversation = await this.access.conversation(caller, conversationId);
    const page =
      query.branch === 'all'
        ? await this.listAll(conversationId, query)
        : await this.pages.read(conversation, query);
    return { ...page, items: await this.detailsOf(caller, page.items) };
  }

  private async listAll(
    conversationId: number,
    { cursor, limit }: ListBranch,
  ): Promise<BranchPage<Post>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, ['a']).id;
    const rows = await this.posts.newestOf(conversationId, after, limit + 1);
    return { ...toPage(rows, limit, ({ id }) => cursorAt('a', id)), previousCursor: null };
  }

  /** The caller's own prompts in all conversations, newest first. */
  async listPrompts(
    caller: Caller,
    { q, cursor, limit }: ListPrompts,
  ): Promise<Page<PromptDetails>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, ['m']).id;
    const rows = await this.posts.findByOwner(caller.id, q, after, limit + 1);
    const page = toPage(rows, limit, ({ id }) => cursorAt('m', id));
    const values = await this.values.of(page.items, ({ prompt }) => [prompt]);
    return { ...page, items: page.items.map((post) => ({ post, values: values(post) })) };
  }

  async get(caller: Caller, id: number): Promise<PostDetails> {
    const post = await this.access.post(caller, id);
    const [details] = await this.detailsOf(caller, [post]);
    if (!details) {
      throw new DomainError('POST.NOT_FOUND'); // Deleted since the check.
    }
    return details;
  }

  async giveFeedback(caller: Caller, id: number, value: FeedbackWish['value']): Promise<void> {
    await this.access.changeablePost(caller, id);
    const traceIds = this.tracing.isOn ? await this.posts.tracesOf(id) : [];
    const isChange = traceIds.length > 0 && (await this.posts.hasFeedback(id));
    if (!(await this.posts.setFeedback(id, value))) {
      throw new DomainError('POST.NOT_FOUND');
    }
    this.tracing.rate(traceIds, { value, isChange });
  }

  /** Its owner says that what the rails did about a post was wrong, or takes that back. */
  async reportRails(caller: Caller, id: number, wrong: boolean): Promise<void> {
    await this.access.changeablePost(caller, id);
    await this.details.reportRails(id, wrong);
  }

  async pin(caller: Caller, id: number, pinned: boolean): Promise<void> {
    await this.access.changeablePost(caller, id);
    await this.posts.setPinned(id, pinned ? new Date() : null);
  }

  /** From here on a model is sent nothing up to and including this post, but what is pinned. */
  async startFresh(caller: Caller, id: number, on: boolean): Promise<void> {
    const { freshStartAt } = await this.access.changeablePost(caller, id);
    if (!on || freshStartAt === null) {
      await this.posts.setFreshStart(id, on ? new Date() : null);
    }
  }

  /** Where the trace can be looked at is for administrators. */
  private async detailsOf(caller: Caller, posts: readonly Post[]): Promise<PostDetails[]> {
    const details = await this.details.of(posts);
    const isTold = this.tracing.isOn && caller.role === 'admin';
    const traces = isTold ? await this.details.tracesOf(details) : new Map<number, string>();
    const values = await this.values.of(
      details.map((each) => ({ conversationId: each.post.conversationId, ...each })),
      ({ post, body, sources }) => [
        ...[post.prompt, post.asked ?? '', body],
        ...sources.flatMap(({ title, quote }) => [title, quote]),
      ],
    );
    return details.map((each) => ({
      ...each,
      values: values(each.post),
      traceUrl: this.tracing.traceUrl(traces.get(each.post.id) ?? null),
    }));
  }
}

const cursorAt = (part: string, id: number) => encodeCursor({ part, time: NO_TIME, id });
