import { canaryForms, FormTable } from './canary.rules.js';

/** Signs between two letters of a canary that are overlooked: `k . a` */
const MOST_BETWEEN = 4;

/** The table of the last canary: a process has one, and a thousand answers share it. */
let last = { canary: '', table: new FormTable([]) };

function tableOf(canary: string): FormTable {
  if (last.canary !== canary) last = { canary, table: new FormTable(canaryForms(canary)) };
  return last.table;
}

/** Looks for a canary, one unit after the other. */
export class CanaryWatch {
  private readonly table: FormTable;
  private state = 0;
  /** Where the last letters stood, the place being that of the letter modulo the length. */
  private readonly places: Float64Array;
  private letters = 0;
  private between = 0;

  constructor(canary: string) {
    this.table = tableOf(canary);
    this.places = new Float64Array(Math.max(1, this.table.longest));
  }

  get isOn(): boolean {
    return this.table.longest > 0;
  }

  /** Where what may become a canary begins; undefined: nothing may. */
  get open(): number | undefined {
    const begun = this.table.begunAt(this.state);
    return begun === 0 ? undefined : this.placeBack(begun);
  }

  /** Where a canary begins of which half is there, if it is one that was cut off. */
  get cutOff(): number | undefined {
    return this.table.isHalf(this.state) ? this.open : undefined;
  }

  /** A sign that is neither letter nor digit. */
  pass(): void {
    this.between += 1;
    if (this.between > MOST_BETWEEN) this.state = 0;
  }

  /** @returns where the canary begins that ends with this letter or digit. */
  take(unit: number, place: number): number | undefined {
    this.between = 0;
    this.state = this.table.after(this.state, unit);
    if (this.state === 0) return undefined;
    this.places[this.letters % this.places.length] = place;
    this.letters += 1;
    const ended = this.table.endedAt(this.state);
    return ended === 0 ? undefined : this.placeBack(ended);
  }

  private placeBack(letters: number): number {
    return this.places[(this.letters - letters) % this.places.length] ?? 0;
  }
}
