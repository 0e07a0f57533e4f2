import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access.js';
import type { Caller } from '../platform/caller.js';
import { type FineTuningFormat, fineTuningLine } from './fine-tuning.rules.js';
import { type StoredExample, TrainingRepository } from './training.repository.js';
import type { ConsentView, CorrectionView } from './training.schema.js';

/** Examples read at once. */
const PAGE = 200;

/** What people correct and rate, as far as they let it be used, as a set to train a model with. */
@Injectable()
export class TrainingData {
  constructor(
    private readonly access: Access,
    private readonly training: TrainingRepository,
  ) {}

  async consent({ id }: Caller): Promise<ConsentView> {
    return { givenAt: (await this.training.consentOf(id))?.toISOString() ?? null };
  }

  async setConsent(caller: Caller, given: boolean): Promise<ConsentView> {
    await this.training.setConsent(caller.id, given);
    return this.consent(caller);
  }

  /** @throws {DomainError} POST.NOT_FOUND unless it is the caller's. */
  async correction(caller: Caller, postId: number): Promise<CorrectionView> {
    await this.access.post(caller, postId);
    const pair = await this.training.correctionOf(postId);
    return {
      answer: pair?.answer ?? null,
      updatedAt: pair?.updatedAt.toISOString() ?? null,
    };
  }

  /**
   * Says what should have been answered. The answer itself stays as it was given.
   * @throws {DomainError} POST.NOT_FOUND unless it is the caller's, CONVERSATION.DELETED.
   */
  async correct(caller: Caller, postId: number, answer: string): Promise<CorrectionView> {
    const post = await this.access.changeablePost(caller, postId);
    await this.training.correct(caller.id, post, answer);
    return this.correction(caller, postId);
  }

  /** @throws {DomainError} POST.NOT_FOUND unless it is the caller's, CONVERSATION.DELETED. */
  async removeCorrection(caller: Caller, postId: number): Promise<void> {
    await this.access.changeablePost(caller, postId);
    await this.training.removeCorrection(postId);
  }

  /** A line an example: corrections and given pairs, then answers rated up. */
  async *lines(format: FineTuningFormat): AsyncGenerator<string> {
    const readers = [
      (id: number) => this.training.pairsAfter(id, PAGE),
      (id: number) => this.training.ratedAfter(id, PAGE),
    ];
    for (const read of readers) {
      let page: readonly StoredExample[];
      let after = 0;
      do {
        page = await read(after);
        for (const example of page) yield fineTuningLine(example, format);
        after = page.at(-1)?.id ?? after;
      } while (page.length === PAGE);
    }
  }
}
