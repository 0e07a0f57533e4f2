import { canaryForms, fallbacks } from './canary.rules.js';

interface Form {
  readonly text: string;
  readonly fallbacks: Uint16Array;
}

/** Signs between two letters of a canary that are overlooked: `k . a` */
const MOST_BETWEEN = 4;

/** Looks for a canary, one unit after the other. */
export class CanaryWatch {
  private readonly forms: readonly Form[];
  /** How much of each form the last letters are. */
  private readonly matched: number[];
  /** Where the last letters stood, the place being that of the letter modulo the length. */
  private readonly places: Float64Array;
  /** Which letters and digits a form begins with. */
  private readonly firsts = new Uint8Array(128);
  private letters = 0;
  private between = 0;
  private longestMatch = 0;

  constructor(canary: string) {
    this.forms = canaryForms(canary).map((text) => ({ text, fallbacks: fallbacks(text) }));
    this.matched = this.forms.map(() => 0);
    for (const { text } of this.forms) this.firsts[text.charCodeAt(0)] = 1;
    this.places = new Float64Array(Math.max(1, ...this.forms.map(({ text }) => text.length)));
  }

  get isOn(): boolean {
    return this.forms.length > 0;
  }

  /** Where what may become a canary begins; undefined: nothing may. */
  get open(): number | undefined {
    return this.longestMatch === 0 ? undefined : this.placeBack(this.longestMatch);
  }

  /** Where a canary begins of which half is there, if it is one that was cut off. */
  get cutOff(): number | undefined {
    const isTelling = this.forms.some(({ text }, index) => {
      return (this.matched[index] ?? 0) * 2 >= text.length;
    });
    return isTelling ? this.open : undefined;
  }

  /** A sign that is neither letter nor digit. */
  pass(): void {
    this.between += 1;
    if (this.between > MOST_BETWEEN) this.reset();
  }

  /** @returns where the canary begins that ends with this letter or digit. */
  take(unit: number, place: number): number | undefined {
    this.between = 0;
    if (this.longestMatch === 0 && this.firsts[unit] !== 1) return undefined;
    this.places[this.letters % this.places.length] = place;
    this.letters += 1;
    this.longestMatch = 0;
    let found: number | undefined;
    for (let index = 0; index < this.forms.length; index += 1) {
      const form = this.forms[index];
      if (!form) continue;
      let length = this.matched[index] ?? 0;
      while (length > 0 && form.text.charCodeAt(length) !== unit)
        length = form.fallbacks[length] ?? 0;
      if (form.text.charCodeAt(length) === unit) length += 1;
      if (length === form.text.length) {
        found = this.placeBack(length);
        length = 0;
      }
      this.matched[index] = length;
      if (length > this.longestMatch) this.longestMatch = length;
    }
    return found;
  }

  private reset(): void {
    this.longestMatch = 0;
    this.matched.fill(0);
  }

  private placeBack(letters: number): number {
    return this.places[(this.letters - letters) % this.places.length] ?? 0;
  }
}
