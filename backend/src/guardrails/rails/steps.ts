/** A long work in steps of a few milliseconds at most, between which others may have a turn. */
export type Steps<Result> = Generator<undefined, Result>;

/** Takes all steps at once. */
export function finished<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
