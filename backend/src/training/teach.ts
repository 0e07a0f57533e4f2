import { Injectable } from '@nestjs/common';
import { CollectionsService } from '../collections/collections.service.js';
import {
  type Destination,
  NewDocumentsService,
} from '../collections/documents/new-documents.service.js';
import type { Caller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import type { Language } from '../platform/language.rules.js';
import type { NewKnowledge, TaughtKnowledge, TaughtPair } from './teach.schema.js';
import { TrainingRepository } from './training.repository.js';

/** The collection that is made for what a caller teaches. */
const COLLECTION_NAME: Record<Language, string> = { 'pt-BR': 'Treinamento', en: 'Training' };

const PAIRS_TITLE: Record<Language, (first: string, more: number) => string> = {
  'pt-BR': (first, more) => (more === 0 ? first : `${first} e mais ${String(more)}`),
  en: (first, more) => (more === 0 ? first : `${first} and ${String(more)} more`),
};

type Taught = TaughtKnowledge['documents'][number];

/** Takes in what answers shall stand on: documents, and questions with their answers. */
@Injectable()
export class Teach {
  constructor(
    private readonly collections: CollectionsService,
    private readonly documents: NewDocumentsService,
    private readonly training: TrainingRepository,
  ) {}

  /**
   * Adds knowledge. What is there already, word for word, is not added twice, so a call that broke
   * off is simply sent again.
   * @throws {DomainError} COLLECTION.NOT_FOUND, COLLECTION.READ_ONLY, and what adding a document
   * throws; then the documents before that one were added.
   */
  async teach(caller: Caller, wish: NewKnowledge, language: Language): Promise<TaughtKnowledge> {
    const { documents = [], pairs = [] } = wish;
    const collectionId = wish.collectionId ?? (await this.ownCollection(caller, language));
    const destination = await this.documents.inCollection(caller, collectionId);
    const added: Taught[] = [];
    for (const { title, text } of documents) {
      added.push(
        await knownOrNew(title, () => this.documents.addText(caller, destination, { title, text })),
      );
    }
    const taughtPairs = await this.teachPairs(caller, destination, pairs, language);
    return {
      collectionId,
      documents: taughtPairs ? [...added, taughtPairs] : added,
      pairs: taughtPairs?.known === false ? pairs.length : 0,
    };
  }

  private async teachPairs(
    caller: Caller,
    destination: Destination,
    pairs: readonly TaughtPair[],
    language: Language,
  ): Promise<Taught | undefined> {
    const [first] = pairs;
    if (!first) return undefined;
    const title = PAIRS_TITLE[language](first.question.slice(0, 200), pairs.length - 1);
    const taught = await knownOrNew(title, () =>
      this.documents.addPairs(caller, destination, { title, pairs }),
    );
    if (!taught.known) await this.training.give(caller.id, pairs);
    return taught;
  }

  private async ownCollection(caller: Caller, language: Language): Promise<number> {
    for (const name of Object.values(COLLECTION_NAME)) {
      const found = await this.collections.findOwn(caller, name);
      if (found !== undefined) return found;
    }
    const { collection } = await this.collections.create(caller, {
      name: COLLECTION_NAME[language],
    });
    return collection.id;
  }
}

/** Adds a document, unless its collection has the same one. */
async function knownOrNew(title: string, add: () => Promise<number>): Promise<Taught> {
  try {
    return { id: await add(), title, known: false };
  } catch (error) {
    const isSame = error instanceof DomainError && error.code === 'DOCUMENT.SAME';
    const id = isSame ? error.details?.['documentId'] : undefined;
    if (typeof id !== 'number') throw error;
    return { id, title, known: true };
  }
}
