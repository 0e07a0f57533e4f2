import { Injectable } from '@nestjs/common';
import type { LiveRun } from './live-run.js';

/** The runs that this process is answering. */
@Injectable()
export class LiveRuns {
  private readonly runs = new Map<string, LiveRun>();

  private readonly arrivals = new Map<string, PromiseWithResolvers<void>>();

  /**
   * A run of this id is about to be stored, and may be seen there before it is live here.
   * @returns to be called once it is live, or was refused.
   */
  expect(runId: string): () => void {
    const arrival = Promise.withResolvers<void>();
    this.arrivals.set(runId, arrival);
    return () => {
      this.arrivals.delete(runId);
      arrival.resolve();
    };
  }

  /** The run, if this process is answering it; waits for one that is just being stored. */
  async find(runId: string): Promise<LiveRun | undefined> {
    await this.arrivals.get(runId)?.promise;
    return this.runs.get(runId);
  }

  get size(): number {
    return this.runs.size;
  }

  add(run: LiveRun): void {
    this.runs.set(run.id, run);
  }

  remove(run: LiveRun): void {
    this.runs.delete(run.id);
  }

  all(): LiveRun[] {
    return [...this.runs.values()];
  }

  get(runId: string): LiveRun | undefined {
    return this.runs.get(runId);
  }

  ofPost(postId: number): LiveRun | undefined {
    return this.all().find(({ accepted }) => accepted.postId === postId);
  }

  ofConversation(conversationId: number): LiveRun[] {
    return this.all().filter(({ accepted }) => accepted.conversationId === conversationId);
  }

  ofPerson(userId: number): LiveRun[] {
    return this.all().filter(({ accepted }) => accepted.userId === userId);
  }
}
