import { Injectable } from '@nestjs/common';
import { BranchIdsRepository } from '../../posts/branch-ids.repository.js';

/** Ids kept in memory, of all conversations together: some 4 MB. */
const MOST_IDS = 500_000;

/**
 * Which posts branches are made of. No post ever gets another parent, so what was read once stays
 * true, and of a branch that has grown only what is new is read.
 */
@Injectable()
export class BranchIds {
  private readonly known = new Map<number, readonly number[]>();
  private kept = 0;

  constructor(private readonly repository: BranchIdsRepository) {}

  /** The ids of a branch from its leaf to the beginning, newest first. */
  async of(conversationId: number, leaf: number): Promise<readonly number[]> {
    const known = this.known.get(conversationId) ?? [];
    const at = known.indexOf(leaf);
    const ids = at === -1 ? await this.grown(conversationId, leaf, known) : known.slice(at);
    // A look at an earlier place of the branch does not forget the rest of it.
    this.keep(conversationId, at === -1 ? ids : known);
    return ids;
  }

  private async grown(
    conversationId: number,
    leaf: number,
    known: readonly number[],
  ): Promise<readonly number[]> {
    const [last] = known;
    if (last === undefined || last > leaf) return this.repository.from(conversationId, leaf);
    const fresh = await this.repository.from(conversationId, leaf, last);
    if (fresh.at(-1) === last) return [...fresh, ...known.slice(1)];
    return this.repository.from(conversationId, leaf); // It forks off below.
  }

  private keep(conversationId: number, ids: readonly number[]): void {
    this.forget(conversationId);
    this.known.set(conversationId, ids);
    this.kept += ids.length;
    for (const oldest of this.known.keys()) {
      if (this.kept <= MOST_IDS || oldest === conversationId) return;
      this.forget(oldest);
    }
  }

  private forget(conversationId: number): void {
    this.kept -= this.known.get(conversationId)?.length ?? 0;
    this.known.delete(conversationId);
  }
}
