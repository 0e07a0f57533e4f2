/** Looked back at, in milliseconds: long enough to be calm, short enough to be true. */
const WINDOW_MS = 5000;

/** How fast something comes, from how much has come when. */
export class Speed {
  private samples: { readonly at: number; readonly bytes: number }[] = [];

  /** @param at milliseconds of a clock that only grows. */
  add(bytes: number, at: number): void {
    const last = this.samples.at(-1);
    // It began anew: what came before says nothing.
    if (last && bytes < last.bytes) this.samples = [];
    this.samples.push({ at, bytes });
    // One from before the window stays, as where it begins.
    while ((this.samples[1]?.at ?? Infinity) <= at - WINDOW_MS) this.samples.shift();
  }

  /** @returns bytes a second; 0 as long as nothing can be said, or nothing comes. */
  at(now: number): number {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (!first || !last || last.at === first.at) return 0;
    const since = Math.max(last.at, now - WINDOW_MS / 2);
    return Math.round(((last.bytes - first.bytes) * 1000) / (since - first.at));
  }
}
