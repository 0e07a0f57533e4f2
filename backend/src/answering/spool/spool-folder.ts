import { mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';

const SUFFIX = '.jsonl';

/** The spool has reached its bound, `SPOOL_MB`. */
export class SpoolFullError extends Error {
  override readonly name = 'SpoolFullError';

  constructor(mostBytes: number) {
    super(`the spool has reached its bound of ${String(mostBytes)} bytes (SPOOL_MB)`);
  }
}

/** What a file is called until it is whole. */
const UNFINISHED = '.next';

/** Far more than writing a file takes: whoever began it was killed. */
const ABANDONED_MS = 60_000;

/**
 * `DATA_DIR/spool`: one file a run, for the server's own user only, all together bounded. One thing
 * at a time is done to it.
 */
@Injectable()
export class SpoolFolder {
  private readonly folder: string;
  private readonly mostBytes: number;
  /** Bytes of each file, by run. */
  private readonly sizes = new Map<string, number>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(@Inject(ENV) env: Pick<Env, 'DATA_DIR' | 'SPOOL_MB'>) {
    this.folder = resolve(env.DATA_DIR, 'spool');
    this.mostBytes = env.SPOOL_MB * 1024 * 1024;
  }

  /** The runs that have a file; it may be another process's, where they share a folder. */
  list(): Promise<string[]> {
    return this.inTurn(async () => {
      const names = await this.names();
      const found = names.filter((name) => name.endsWith(SUFFIX)).map(runOf);
      for (const runId of this.sizes.keys()) {
        if (!found.includes(runId)) this.sizes.delete(runId);
      }
      for (const runId of found) {
        if (!this.sizes.has(runId)) this.sizes.set(runId, await this.sizeOf(runId));
      }
      for (const name of names.filter((one) => one.endsWith(UNFINISHED))) {
        await removeIfOld(join(this.folder, name));
      }
      return found;
    });
  }

  /** @returns undefined where another process has removed it. */
  read(runId: string): Promise<string | undefined> {
    return this.inTurn(() => readFile(this.fileOf(runId), 'utf8').catch(orUndefined));
  }

  /**
   * Adds to a run's file. It is there once the process has been killed; it may not be after the
   * machine has: nobody waits for the disk four times a second for each answer.
   * @param first what a new file begins with.
   * @throws {SpoolFullError}
   */
  append(runId: string, first: string, lines: string): Promise<void> {
    return this.inTurn(async () => {
      const before = this.sizes.get(runId) ?? 0;
      const content = before === 0 ? first + lines : lines;
      const bytes = Buffer.byteLength(content);
      this.requireRoom(bytes);
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const file = await open(this.fileOf(runId), 'a', 0o600);
      try {
        await file.writeFile(content);
        this.sizes.set(runId, before + bytes);
      } catch (error) {
        // What a full disk took of it would tear the next line.
        await file.truncate(before).catch(() => undefined);
        throw error;
      } finally {
        await file.close();
      }
    });
  }

  /**
   * Puts this in place of what a run's file held, all or nothing, and waits for the disk.
   * @throws {SpoolFullError}
   */
  replace(runId: string, content: string): Promise<void> {
    return this.inTurn(async () => {
      const bytes = Buffer.byteLength(content);
      this.requireRoom(bytes - (this.sizes.get(runId) ?? 0));
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const next = this.fileOf(runId) + UNFINISHED;
      try {
        // `flush` waits for the disk: what it names next must be whole.
        await writeFile(next, content, { mode: 0o600, flush: true });
        await rename(next, this.fileOf(runId));
      } catch (error) {
        await unlink(next).catch(() => undefined);
        throw error;
      }
      this.sizes.set(runId, bytes);
    });
  }

  /** Removes a run's file, if it has one. */
  remove(runId: string): Promise<void> {
    return this.inTurn(async () => {
      await unlink(this.fileOf(runId)).catch(orUndefined);
      this.sizes.delete(runId);
    });
  }

  /** Removes a run's file unless somebody may be writing it just now. */
  removeAbandoned(runId: string): Promise<void> {
    return this.inTurn(() => removeIfOld(this.fileOf(runId)));
  }

  private requireRoom(bytes: number): void {
    const used = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
    if (used + bytes > this.mostBytes) {
      throw new SpoolFullError(this.mostBytes);
    }
  }

  private async names(): Promise<string[]> {
    return (await readdir(this.folder).catch(orUndefined)) ?? [];
  }

  private async sizeOf(runId: string): Promise<number> {
    return (await stat(this.fileOf(runId)).catch(orUndefined))?.size ?? 0;
  }

  private fileOf(runId: string): string {
    return join(this.folder, runId + SUFFIX);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

async function removeIfOld(path: string): Promise<void> {
  const found = await stat(path).catch(orUndefined);
  if (found && found.mtimeMs < Date.now() - ABANDONED_MS) await unlink(path).catch(orUndefined);
}

const runOf = (name: string) => name.slice(0, -SUFFIX.length);

/** What is not there is no failure: a run that has no file, or whose file another process has removed. */
function orUndefined(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
