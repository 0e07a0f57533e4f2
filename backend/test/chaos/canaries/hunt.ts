import { createReadStream, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Canary, CANARIES, canariesIn, isLegible } from './carriers.rules.ts';

/** A place that was searched, and what was found there. */
export interface Searched {
  readonly place: string;
  /** Bytes or characters, all searches together. */
  readonly size: number;
  readonly hits: readonly Canary[];
  /** Whether harmless words of the campaign were found there: it is read as it is written. */
  readonly isLegible: boolean;
}

/** Of a part of a file, so much is looked at again with the next: nothing hides in between. */
const LONGEST = Math.max(...Object.values(CANARIES).map(({ length }) => length));

/** Searches places for canaries, as often as it is told to. */
export class CanaryHunt {
  private readonly places = new Map<
    string,
    { size: number; hits: Set<Canary>; isLegible: boolean }
  >();

  /** What has been searched so far. */
  get searched(): Searched[] {
    return [...this.places].map(([place, { hits, ...known }]) => ({
      ...{ place, ...known },
      hits: [...hits],
    }));
  }

  /** Searches what a place holds now. */
  look(place: string, content: string | Buffer): void {
    const known = this.places.get(place) ?? { size: 0, hits: new Set<Canary>(), isLegible: false };
    this.places.set(place, known);
    known.size += content.length;
    known.isLegible ||= isLegible(content);
    for (const canary of canariesIn(content)) known.hits.add(canary);
  }

  /**
   * Searches every file of a folder, in parts.
   * @param placeOf names the place of a file, by its path in the folder; undefined: it is left out.
   */
  async folder(folder: string, placeOf: (path: string) => string | undefined): Promise<void> {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const place = placeOf(relative(folder, path));
      if (place !== undefined) await this.file(place, path);
    }
  }

  private async file(place: string, path: string): Promise<void> {
    let rest = Buffer.alloc(0);
    try {
      for await (const part of createReadStream(path, { highWaterMark: 2 ** 20 })) {
        const known = Buffer.concat([rest, part as Buffer]);
        this.look(place, known);
        rest = known.subarray(Math.max(0, known.length - LONGEST));
      }
    } catch (error) {
      // A server removes files of its own meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
