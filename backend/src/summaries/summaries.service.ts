import { Injectable } from '@nestjs/common';
import type { Summary } from '#db';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import { SummariesRepository } from './summaries.repository.js';

/** Shows people what stands for their earlier posts, and lets them take it back. */
@Injectable()
export class SummariesService {
  constructor(
    private readonly access: Access,
    private readonly summaries: SummariesRepository,
  ) {}

  /** @throws {DomainError} SUMMARY.NOT_FOUND unless it is the caller's. */
  async get(caller: Caller, id: number): Promise<Summary> {
    const summary = await this.summaries.findOwned(caller.id, id);
    if (!summary) {
      throw new DomainError('SUMMARY.NOT_FOUND');
    }
    return summary;
  }

  /**
   * Again and again the same: what is undone stays so.
   * @throws {DomainError} SUMMARY.NOT_FOUND, or CONVERSATION.DELETED for one in the trash.
   */
  async undo(caller: Caller, id: number): Promise<void> {
    const { undoneAt } = await this.changeable(caller, id);
    if (undoneAt === null) {
      await this.summaries.setUndone(id, new Date());
    }
  }

  /** @throws {DomainError} SUMMARY.NOT_FOUND, or CONVERSATION.DELETED for one in the trash. */
  async restore(caller: Caller, id: number): Promise<Summary> {
    await this.changeable(caller, id);
    await this.summaries.setUndone(id, null);
    return this.get(caller, id);
  }

  private async changeable(caller: Caller, id: number): Promise<Summary> {
    const summary = await this.get(caller, id);
    await this.access.onlineConversation(caller, summary.conversationId);
    return summary;
  }
}
