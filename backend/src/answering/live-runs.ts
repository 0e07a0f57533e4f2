import { Injectable } from '@nestjs/common';
import type { LiveRun } from './live-run.js';

/** The runs that this process is answering. */
@Injectable()
export class LiveRuns {
  private readonly runs = new Map<string, LiveRun>();

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
}
