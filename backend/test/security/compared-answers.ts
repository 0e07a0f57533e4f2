import type { Operation } from './api-operations.js';
import type { WireAnswer } from './wire.js';

/** Headers that differ from one answer to the next by their nature. */
const OF_ONE_ANSWER = ['x-request-id', 'date'];

/** The result of each operation by its name, one after the other. */
export async function gather<Result>(
  operations: readonly Operation[],
  result: (operation: Operation) => Promise<Result>,
): Promise<Record<string, Result>> {
  const results: Record<string, Result> = {};
  for (const operation of operations) {
    results[operation.name] = await result(operation);
  }
  return results;
}

/** All of an answer that may not tell a foreign id from a missing one. */
export function comparable({ status, headers, text }: WireAnswer) {
  const kept = Object.entries(headers).filter(([name]) => !OF_ONE_ANSWER.includes(name));
  return { status, text, headers: Object.fromEntries(kept) };
}
