import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/caller.js';
import { DomainError } from '../platform/domain-error.js';
import { Guardrails } from './guardrails.js';

/** What people write to be kept and used later: titles, instructions, saved prompts. */
@Injectable()
export class WrittenTexts {
  constructor(private readonly guardrails: Guardrails) {}

  /**
   * To be asked before any of them is stored. Personal data may stand in them: it is masked whenever
   * they are sent.
   * @throws {DomainError} GUARDRAIL.BLOCKED where a rail blocks one; {GuardFailure} where one fails.
   */
  require({ role }: Pick<Caller, 'role'>, texts: readonly (string | null | undefined)[]): void {
    // The language is that of what stands in the place of masks, and nothing is masked here.
    const person = { role, door: 'web', language: 'en' } as const;
    for (const text of texts) {
      if (text && this.guardrails.earlier(text, person) === undefined) {
        throw new DomainError('GUARDRAIL.BLOCKED');
      }
    }
  }
}
