/**
 * Lets nobody wait for a Redis that takes commands and answers none: its connection stands, so that
 * they do not fail by themselves. One that takes too long fails, and while it is not answered the
 * next ones fail at once. One for each connection.
 */
export class RedisPatience {
  private unanswered = 0;

  /** @param limitMs how long a command may take. */
  constructor(private readonly limitMs: number) {}

  /** @throws what the command throws, or an error when it is late. */
  async await<Answer>(command: () => Promise<Answer>): Promise<Answer> {
    if (this.unanswered > 0) {
      throw new Error('Redis has stopped answering');
    }
    const late = Promise.withResolvers<never>();
    const answer = command();
    const timer = setTimeout(() => {
      this.unanswered += 1;
      const answered = () => (this.unanswered -= 1);
      answer.then(answered, answered);
      late.reject(new Error(`Redis did not answer within ${String(this.limitMs)} ms`));
    }, this.limitMs);
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What answers in less than a millisecond when it is well, in milliseconds. */
export const REDIS_PATIENCE_MS = 500;
