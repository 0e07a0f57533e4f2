import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import { correctAnswer } from './generated/fn/training/correct-answer';
import { exportTraining } from './generated/fn/training/export-training';
import { giveConsent } from './generated/fn/training/give-consent';
import { readConsent } from './generated/fn/training/read-consent';
import { readCorrection } from './generated/fn/training/read-correction';
import { removeCorrection } from './generated/fn/training/remove-correction';
import type { Correction } from './generated/models/correction';

export type { Correction };

/** Whose chat format a set is exported in. */
export type TrainingFormat = 'openai' | 'bedrock';

/** `/api/training` and the corrections of posts. Every promise rejects with ApiFailure. */
@Service()
export class TrainingApi {
  private readonly api = inject(ApiCalls);

  /** Whether own corrections and well rated answers may train a model. */
  async consent(): Promise<boolean> {
    return (await this.api.call(readConsent, undefined)).givenAt !== null;
  }

  async setConsent(given: boolean): Promise<boolean> {
    return (await this.api.call(giveConsent, { body: { given } })).givenAt !== null;
  }

  correction(postId: number): Promise<Correction> {
    return this.api.call(readCorrection, { id: postId });
  }

  correct(postId: number, answer: string): Promise<Correction> {
    return this.api.call(correctAnswer, { id: postId, body: { answer } });
  }

  removeCorrection(postId: number): Promise<void> {
    return this.api.call(removeCorrection, { id: postId });
  }

  /** JSON Lines, an example a line. */
  async set(format: TrainingFormat): Promise<Blob> {
    return new Blob([await this.api.call(exportTraining, { format })], { type: 'text/plain' });
  }
}
