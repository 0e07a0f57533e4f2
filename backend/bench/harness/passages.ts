import type { DataSource } from 'typeorm';
import { built } from './prosa.ts';

type Db = typeof import('#db');

/** Documents are of this many passages. */
const OF_A_DOCUMENT = 50;
const COLLECTIONS = 500;
const WORDS_OF_A_PASSAGE = 125;

const STOPS =
  'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles'.split(
    ' ',
  );
const SYLLABLES =
  'ba be bi bo bu ca co cu da de di do fa fe fi fo ga go la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo ção lha nho'.split(
    ' ',
  );

/** The same numbers in each run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** Words as often as Zipf has them (1.05): the sixty commonest are grammar, 40,000 others are not. */
export class Vocabulary {
  private readonly words: string[];
  private readonly sums: Float64Array;
  private readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
    const made = new Set(STOPS);
    while (made.size < 40_000) {
      const syllables = 2 + Math.floor(random() * 3);
      let word = '';
      for (let n = 0; n < syllables; n += 1) word += this.syllable();
      made.add(word);
    }
    this.words = [...made];
    this.sums = new Float64Array(this.words.length);
    let sum = 0;
    this.words.forEach((_, rank) => (this.sums[rank] = sum += 1 / (rank + 1) ** 1.05));
  }

  word(): string {
    const at = this.random() * (this.sums.at(-1) ?? 0);
    let [low, high] = [0, this.sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return this.words[low] ?? '';
  }

  text(words: number): string {
    return Array.from({ length: words }, () => this.word()).join(' ');
  }

  /** A question of three to seven words that say something, with grammar between. */
  question(): string {
    const asked: string[] = [];
    const wanted = 3 + Math.floor(this.random() * 5);
    while (asked.length < wanted) {
      const word = this.word();
      if (!STOPS.includes(word)) asked.push(word);
    }
    return `qual é ${asked.join(' de ')}?`;
  }

  private syllable(): string {
    return SYLLABLES[Math.floor(this.random() * SYLLABLES.length)] ?? 'a';
  }
}

/** Who may read how much, after {@link fill}. */
export const READERS = { 1: 1, 2: 20, 3: 500 } as const;

/** Fills a database with passages in 500 collections, of which three people read 1, 20 and all. */
export async function fill(dataSource: DataSource, chunks: number): Promise<void> {
  const db = await built<Db>('db/src/index.js');
  const now = new Date();
  const person = (username: string) => ({
    ...{ username, password: 'x', createdAt: now, role: 'member' as const },
    mustChangePassword: false,
  });
  await dataSource.getRepository(db.User).save([person('um'), person('vinte'), person('todas')]);
  await dataSource.getRepository(db.Collection).insert(
    Array.from({ length: COLLECTIONS }, (_, n) => ({
      ...{ userId: 3, name: `Coleção ${String(n)}`, description: '', deletedAt: null },
      ...{ conversationId: null, visibility: 'shared' as const, createdAt: now, updatedAt: now },
    })),
  );
  const shares = Array.from({ length: 20 }, (_, n) => ({
    ...{ collectionId: 7 + n * 23, userId: 2, role: 'reader' as const },
  }));
  await dataSource
    .getRepository(db.CollectionShare)
    .insert([...shares, { collectionId: 7, userId: 1, role: 'reader' }]);
  const vocabulary = new Vocabulary(numbers(1));
  for (let document = 0; document * OF_A_DOCUMENT < chunks; document += 1) {
    await addDocument(dataSource, db, 1 + (document % COLLECTIONS), vocabulary);
  }
}

async function addDocument(
  dataSource: DataSource,
  db: Db,
  collectionId: number,
  vocabulary: Vocabulary,
): Promise<void> {
  const now = new Date();
  const times = { createdBy: 1, createdAt: now };
  await dataSource.transaction(async (manager) => {
    const title = vocabulary.text(4);
    const document = await manager.getRepository(db.Document).save({
      ...{
        collectionId,
        kind: 'text' as const,
        title,
        url: null,
        versionId: null,
        deletedAt: null,
      },
      ...{ ...times, updatedAt: now },
    });
    const { id: versionId } = await manager.getRepository(db.DocumentVersion).save({
      ...{ documentId: document.id, n: 1, status: 'ready' as const, fileName: 'x.txt', ...times },
      ...{ mediaType: 'text/plain', bytes: 1, sha256: '0'.repeat(64), finishedAt: now },
    });
    const rows = Array.from({ length: OF_A_DOCUMENT }, (_, n) => ({
      ...{ versionId, documentId: document.id, collectionId, n: n + 1, page: null },
      ...{ heading: vocabulary.text(3), text: vocabulary.text(WORDS_OF_A_PASSAGE) },
    }));
    const saved = await manager.getRepository(db.Chunk).save(rows);
    await db.indexChunks(manager, saved, { title });
    await manager.update(db.Document, { id: document.id }, { versionId });
  });
}
