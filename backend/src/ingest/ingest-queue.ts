import type {
  IngestJobsRepository,
  IngestOrder,
  Transaction,
} from './queue/ingest-jobs.repository.js';

/** Does the next piece of work, if there is one and room for it. @returns whether there was one. */
export type WorkOnce = () => Promise<boolean>;

/**
 * Work on documents that must be done, whatever dies meanwhile. The rows of `ingest_jobs` are the
 * truth; what the implementations differ in is only how a process hears that there are some.
 */
export abstract class IngestQueue {
  constructor(private readonly jobs: Pick<IngestJobsRepository, 'add'>) {}

  /**
   * Notes down work, in the transaction that makes it necessary. Call {@link wake} after its commit:
   * without it the work begins a second or two later.
   */
  add(transaction: Transaction, order: IngestOrder): Promise<void> {
    return this.jobs.add(transaction, order);
  }

  /** Tells whoever works that there is something to do. Never fails, and nothing waits for it. */
  abstract wake(): void;

  /** Has `once` called whenever there may be work, from now on. */
  abstract start(once: WorkOnce): Promise<void>;

  /** Calls for no more work; resolves when what was called for has ended. */
  abstract stop(): Promise<void>;
}
