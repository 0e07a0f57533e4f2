import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import type { Caller } from '../../platform/caller.js';
import type { StorageView } from '../collections.schema.js';
import { Room } from '../../ingest/room.repository.js';

const MB = 1024 * 1024;

/** How much room a person's documents take, and may take. */
@Injectable()
export class Storage {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'KNOWLEDGE_MB_PER_PERSON' | 'MAX_UPLOAD_MB'>,
    private readonly room: Room,
  ) {}

  async of(caller: Caller): Promise<StorageView> {
    return {
      usedBytes: await this.room.bytesOf(caller.id),
      maximumBytes: this.env.KNOWLEDGE_MB_PER_PERSON * MB,
      maximumUploadBytes: this.env.MAX_UPLOAD_MB * MB,
    };
  }
}
