/** Events pushed from one side and read, in order, from the other. */
export class EventPipe<Event> {
  private readonly waiting: Event[] = [];
  private ended = false;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  push(event: Event): void {
    if (this.ended) return;
    this.waiting.push(event);
    this.wake?.();
  }

  /** No more will come. */
  end(): void {
    this.ended = true;
    this.wake?.();
  }

  /** No more will come, because of this; thrown to the reader after what was pushed before. */
  fail(error: unknown): void {
    if (this.ended) return;
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.end();
  }

  /** What is pushed, until the end. */
  async *read(): AsyncGenerator<Event> {
    for (;;) {
      const event = this.waiting.shift();
      if (event !== undefined) yield event;
      else if (this.ended) break;
      else await this.pushed();
    }
    if (this.failure) throw this.failure;
  }

  private pushed(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = undefined;
        resolve();
      };
    });
  }
}
