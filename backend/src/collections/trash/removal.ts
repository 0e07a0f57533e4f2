import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { CollectionsRepository } from '../collections.repository.js';
import { RemovalRepository } from './removal.repository.js';

/** Documents, passages, and parts of their bytes, deleted in one commit: others who write wait for no more than that. */
const BATCH = 20;
const PASSAGES = 100;
/** Parts of half a megabyte. */
const PARTS = 10;

/** Deletes collections and documents for good. */
@Injectable()
export class Removal {
  constructor(
    private readonly removal: RemovalRepository,
    private readonly collections: CollectionsRepository,
  ) {}

  /** A crash in between leaves what nobody sees, to be deleted with the trash. */
  async removeDocument(id: number): Promise<void> {
    await this.remove([id]);
  }

  /** A crash in between leaves a smaller collection, to be deleted again. */
  async removeCollection(id: number): Promise<void> {
    for (;;) {
      const ids = await this.removal.documentsOf(id, BATCH);
      if (ids.length === 0) break;
      await this.remove(ids);
    }
    await this.collections.deleteEmpty([id]);
  }

  /** Deletes what went to the trash before the time, and is still there. */
  async removeDeletedBefore(time: Date): Promise<void> {
    for (;;) {
      const ids = await this.removal.documentsDeletedBefore(time, BATCH);
      if (ids.length === 0) break;
      await this.remove(ids, time);
    }
    for (;;) {
      const [id] = await this.collections.findIdsDeletedBefore(time, 1);
      if (id === undefined) return;
      await this.removeCollection(id);
    }
  }

  private async remove(ids: readonly number[], deletedBefore?: Date): Promise<void> {
    const condemned = await this.removal.condemn(ids, deletedBefore);
    await piecewise(() => this.removal.deleteSomePassages(condemned, PASSAGES));
    await piecewise(() => this.removal.deleteSomeBytes(condemned, PARTS));
    await this.removal.deleteDocuments(condemned);
  }
}

/** Does a commit after another, until one says that there is nothing more. */
async function piecewise(commit: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const begin = performance.now();
    if (!(await commit())) return;
    // As long as it took, others have the database to themselves.
    await wait(performance.now() - begin);
  }
}
