import { type PipeTransform, StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from './domain-error.js';
import type { ErrorCode } from './error-codes.js';

/** Checks bodies and queries by their schema; a refusal names the fields, not their values. */
export const validationPipe = () =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => {
      const fields = issues.map(
        ({ path }) =>
          (path ?? [])
            .map((part) => String(typeof part === 'object' ? part.key : part))
            .join('.')
            .slice(0, 100) || 'body',
      );
      return new DomainError('REQUEST.INVALID', { fields: [...new Set(fields)].slice(0, 10) });
    },
  });

/** Largest id of an `int` column. */
export const LARGEST_ID = 2_147_483_647;

/** Reads an id from the address. What cannot be an id is missing, exactly like an unknown id. */
export class IdPipe implements PipeTransform<string, number> {
  constructor(private readonly code: ErrorCode) {}

  transform(value: string): number {
    const id = /^[1-9]\d{0,9}$/.test(value) ? Number(value) : 0;
    if (id < 1 || id > LARGEST_ID) {
      throw new DomainError(this.code);
    }
    return id;
  }
}
