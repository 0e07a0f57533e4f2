import { computed, inject, Service, signal } from '@angular/core';
import { Router } from '@angular/router';
import { newIdempotencyKey } from '../../api/idempotency-key';
import { PostsApi } from '../../api/posts-api';
import { HistoryStore } from '../../history/history-store';
import { FailureTexts } from '../../i18n/failure-texts';
import { ThreadStore } from '../thread-store';
import { branchPoint } from './branch-point.rules';

/** Going on from a post in a conversation of its own. */
@Service()
export class Branching {
  private readonly posts = inject(PostsApi);
  private readonly thread = inject(ThreadStore);
  private readonly history = inject(HistoryStore);
  private readonly failures = inject(FailureTexts);
  private readonly router = inject(Router);
  private readonly working = signal(false);
  /** By post, until the server has answered: a second try makes no second conversation. */
  private readonly keys = new Map<number, string>();

  readonly busy = this.working.asReadonly();
  /** Key of the last post that was copied here, where the conversation is a branch. */
  readonly point = computed(() => {
    const conversation = this.thread.conversation();
    if (!conversation?.branchedFrom) return null;
    return branchPoint(this.thread.posts(), conversation.createdAt, this.thread.hasNewer());
  });
  readonly origin = computed(() => this.thread.conversation()?.branchedFrom ?? null);

  /** Copies the thread up to a post into a new conversation, and opens that. */
  async branch(postId: number): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    const key = this.keys.get(postId) ?? newIdempotencyKey();
    this.keys.set(postId, key);
    try {
      const conversation = await this.posts.branch(postId, key);
      this.keys.delete(postId);
      this.history.put(conversation);
      await this.router.navigateByUrl(`/c/${conversation.id}`);
    } catch (thrown) {
      this.failures.show(thrown);
    } finally {
      this.working.set(false);
    }
  }
}
