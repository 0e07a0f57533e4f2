import type { Loss } from './deeds.ts';

/** That the text up to an end had arrived. */
interface Seen {
  readonly end: number;
  readonly at: number;
  readonly life: number;
}

/** The text of one post as a person sees it grow, over as many connections as that takes. */
export class ShownText {
  private text = '';
  /** What is on the screen: after a crash less than was shown. */
  private served = '';
  private life = 0;
  /** Whether the connection must end with what is stored. */
  private isExact = true;
  private readonly seen: Seen[] = [];

  /** The whole text, with what is about to turn out to be lost. */
  get shown(): string {
    return this.text;
  }

  /**
   * A connection begins, and goes on from what the one before has left on the screen.
   * @param life of the server that is asked.
   * @param isJoining whether it may be of a run that is known, and then tells all from its start:
   * where nothing is stored it has nothing to tell.
   */
  connect(life: number, isJoining = false): void {
    this.life = life;
    this.isExact = !isJoining;
  }

  /**
   * Text arrives.
   * @param at its place in the answer, in UTF-16 units.
   * @param now `performance.now()`.
   * @returns what is wrong with it.
   */
  delta(at: number, text: string, now: number): string | undefined {
    if (at > this.served.length) {
      return `a hole: ${String(at)} follows ${String(this.served.length)}`;
    }
    this.served = this.served.slice(0, at) + text;
    this.isExact = true;
    const known = Math.min(this.served.length, this.text.length);
    if (this.served.slice(0, known) !== this.text.slice(0, known)) {
      return `text was sent that differs from what was shown, at ${String(at)}`;
    }
    if (this.served.length > this.text.length) {
      this.text = this.served;
      this.seen.push({ end: this.text.length, at: now, life: this.life });
    }
    return undefined;
  }

  /** The reader goes on from an event after which so many characters had come. */
  cut(characters: number): void {
    this.served = this.served.slice(0, characters);
  }

  /** The server says that less is kept than was shown. */
  replace(text: string): void {
    this.served = text;
  }

  /**
   * The run is over.
   * @param stored the post's text as the server has it.
   * @returns what was shown and is gone, and what is wrong beside.
   */
  settle(stored: string): { readonly loss?: Omit<Loss, 'postId' | 'status'>; fault?: string } {
    const { text, served } = this;
    if (!text.startsWith(stored) && !stored.startsWith(text)) {
      return { fault: 'what is stored differs from what was shown' };
    }
    const isWhole = served === stored || !this.isExact;
    this.text = stored;
    this.served = stored;
    const fault = isWhole
      ? {}
      : {
          fault: `a stream ended with ${String(served.length)} characters, not ${String(stored.length)}`,
        };
    const first = this.seen.find(({ end }) => end > stored.length);
    if (text.length <= stored.length || !first) return fault;
    const kept = this.seen.filter(({ end }) => end <= stored.length);
    this.seen.splice(0, this.seen.length, ...kept);
    const { at: seenAt, life } = first;
    return { loss: { characters: text.length - stored.length, seenAt, life }, ...fault };
  }
}
