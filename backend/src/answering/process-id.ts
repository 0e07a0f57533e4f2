import { randomBytes } from 'node:crypto';

/** The name under which this process owns runs: 128 random bits, new at every start. */
export class ProcessId {
  readonly value = randomBytes(16).toString('hex');
}
