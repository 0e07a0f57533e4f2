import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DocumentVersion, type Engine, engineOf, inTransaction } from '#db';
import { DataSource, type EntityManager } from 'typeorm';
import { ownerOf, Room } from './room.repository.js';

/** Bytes a part holds at most: a packet that every server takes, and little for a process to keep. */
export const PART_BYTES = 512 * 1024;

const INSERT: Record<Engine, string> = {
  sqlite: 'INSERT INTO document_parts (version_id, n, bytes) VALUES (?, ?, ?)',
  mariadb: 'INSERT INTO document_parts (version_id, n, bytes) VALUES (?, ?, ?)',
  postgres: 'INSERT INTO document_parts (version_id, n, bytes) VALUES ($1, $2, $3)',
};

const NEXT: Record<Engine, string> = {
  sqlite: 'SELECT n, bytes FROM document_parts WHERE version_id = ? AND n > ? ORDER BY n LIMIT 1',
  mariadb: 'SELECT n, bytes FROM document_parts WHERE version_id = ? AND n > ? ORDER BY n LIMIT 1',
  postgres:
    'SELECT n, bytes FROM document_parts WHERE version_id = $1 AND n > $2 ORDER BY n LIMIT 1',
};

/** The original bytes of versions, kept in the database in parts; they go with their version. */
@Injectable()
export class DocumentBytes {
  private readonly engine: Engine;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly room: Room,
  ) {
    this.engine = engineOf(dataSource);
  }

  /**
   * Stores one part, in a commit of its own.
   * @param n its place, from 1, without gaps.
   * @param bytes at most {@link PART_BYTES}.
   * @throws when the version is gone, or already has that part.
   */
  async append(versionId: number, n: number, bytes: Buffer): Promise<void> {
    await this.insert(this.dataSource.manager, versionId, n, bytes);
  }

  /**
   * Stores all parts of a version anew, with what they are, in one transaction.
   * @throws {DomainError} COLLECTION.NO_ROOM where they are more than its owner may have.
   */
  replace(
    versionId: number,
    parts: readonly Buffer[],
    described: Pick<DocumentVersion, 'mediaType' | 'bytes' | 'sha256'>,
  ): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      const owner = await ownerOf(manager, versionId);
      if (owner !== undefined) await this.room.require(manager, owner, described.bytes);
      await manager
        .createQueryBuilder()
        .delete()
        .from('document_parts')
        .where('version_id = :versionId', { versionId })
        .execute();
      for (const [index, part] of parts.entries()) {
        await this.insert(manager, versionId, index + 1, part);
      }
      await manager.update(DocumentVersion, { id: versionId }, described);
    });
  }

  /** Reads the parts in their order, one at a time in memory; none when the version is gone. */
  async *read(versionId: number): AsyncGenerator<Buffer> {
    for (let last = 0; ;) {
      const [part] = await this.dataSource.query<{ n: number; bytes: Uint8Array }[]>(
        NEXT[this.engine],
        [versionId, last],
      );
      if (!part) return;
      last = part.n;
      // SQLite's thread hands over plain bytes.
      yield Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
    }
  }

  private async insert(
    manager: EntityManager,
    versionId: number,
    n: number,
    bytes: Buffer,
  ): Promise<void> {
    if (bytes.length > PART_BYTES) {
      throw new RangeError(`a part has at most ${String(PART_BYTES)} bytes`);
    }
    await manager.query(INSERT[this.engine], [versionId, n, bytes]);
  }
}
