/** A repeatable source of chance: the same seed makes the same choices on every machine. */
export class Random {
  private state: number;

  /** @param seeds numbers that name this source, such as a run's seed and a request's number. */
  constructor(...seeds: readonly number[]) {
    this.state = seeds.reduce((state, seed) => scrambled(state ^ scrambled(seed)), 0x9e3779b9);
  }

  /** A number from 0 up to, but not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    return (scrambled(this.state) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.int(0, items.length - 1)] as Item;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** Spreads each bit over all others (the finalizer of MurmurHash3). */
function scrambled(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
