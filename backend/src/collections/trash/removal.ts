import { Injectable } from '@nestjs/common';
import { CollectionsRepository } from '../collections.repository.js';
import { RemovalRepository } from './removal.repository.js';

/** Documents deleted in one commit: others who write wait for no more than that. */
const BATCH = 20;

/** Deletes collections and documents for good. */
@Injectable()
export class Removal {
  constructor(
    private readonly removal: RemovalRepository,
    private readonly collections: CollectionsRepository,
  ) {}

  async removeDocument(id: number): Promise<void> {
    await this.removal.deleteDocuments([id]);
  }

  /** A crash in between leaves a smaller collection, to be deleted again. */
  async removeCollection(id: number): Promise<void> {
    for (;;) {
      const ids = await this.removal.documentsOf(id, BATCH);
      if (ids.length === 0) break;
      await this.removal.deleteDocuments(ids);
    }
    await this.collections.deleteEmpty([id]);
  }

  /** Deletes what went to the trash before the time. */
  async removeDeletedBefore(time: Date): Promise<void> {
    for (;;) {
      const ids = await this.removal.documentsDeletedBefore(time, BATCH);
      if (ids.length === 0) break;
      await this.removal.deleteDocuments(ids);
    }
    for (;;) {
      const [id] = await this.collections.findIdsDeletedBefore(time, 1);
      if (id === undefined) return;
      await this.removeCollection(id);
    }
  }
}
