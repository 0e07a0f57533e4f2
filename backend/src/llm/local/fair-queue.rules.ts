interface Waiting<Item> {
  readonly item: Item;
  readonly round: number;
}

/**
 * A queue in which who asks much waits longer, not everybody else: each asker has one turn a round,
 * and within a round first come is first served. It holds a limited number.
 */
export class FairQueue<Item> {
  /** In the order of their turns. */
  private waiting: Waiting<Item>[] = [];
  /** The round of each asker's last turn. */
  private readonly rounds = new Map<string, number>();
  private round = 0;
  private readonly most: number;

  /** @param most How many may wait. */
  constructor(most: number) {
    this.most = most;
  }

  /** Those who wait, next first. */
  get items(): readonly Item[] {
    return this.waiting.map(({ item }) => item);
  }

  /** @returns whether there was room. */
  add(item: Item, asker: string): boolean {
    if (this.waiting.length >= this.most) return false;
    const round = Math.max(this.round, this.rounds.get(asker) ?? 0) + 1;
    this.rounds.set(asker, round);
    const at = this.waiting.findIndex((other) => other.round > round);
    this.waiting.splice(at < 0 ? this.waiting.length : at, 0, { item, round });
    return true;
  }

  /** Takes out whose turn it is. */
  next(): Item | undefined {
    const first = this.waiting.shift();
    if (first) this.round = first.round;
    this.forget();
    return first?.item;
  }

  /** @returns whether it was waiting. */
  remove(item: Item): boolean {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((other) => other.item !== item);
    this.forget();
    return this.waiting.length < before;
  }

  /** Nobody waits, so nobody has to be kept in mind. */
  private forget(): void {
    if (this.waiting.length > 0) return;
    this.rounds.clear();
    this.round = 0;
  }
}
