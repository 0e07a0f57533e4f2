/** A shorter word may stand in an answer by chance. */
const SHORTEST_CANARY = 8;
/** A part of an encoded canary shorter than this may stand in an answer by chance. */
const SHORTEST_FORM = 10;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * A canary as an answer may hold it, in small letters and digits only: as it is, backwards, in
 * hexadecimal, in base 64 wherever it begins there, and with letters moved by 13.
 */
export function canaryForms(canary: string): string[] {
  const bare = plain(canary);
  if (bare.length < SHORTEST_CANARY) return [];
  const bytes = Buffer.from(canary, 'utf8');
  const forms = [
    bare,
    [...bare].reverse().join(''),
    bytes.toString('hex'),
    bare.replace(/[a-z]/g, (letter) =>
      String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97),
    ),
    ...[0, 1, 2].map((shift) => base64Core(bytes, shift)),
  ];
  return [...new Set(forms)].filter((form) => form.length >= Math.min(bare.length, SHORTEST_FORM));
}

/** What base 64 has of bytes behind `shift` others, whatever these and those behind are. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const isWhole = (shift + bytes.length) % 3 === 0;
  return plain(encoded.slice(shift === 0 ? 0 : shift + 1, isWhole ? undefined : -1));
}

/** Small letters and digits. */
const SIGNS = 36;
const signOf = (unit: number): number => (unit < 58 ? unit - 48 : unit - 87);

/**
 * All forms of a canary in one table (Aho and Corasick, 1975): one step a letter, however many there
 * are. A state says how the forms begin that the last letters may be; 0: nothing of any.
 */
export class FormTable {
  /** By state and sign. */
  private readonly next: Uint16Array;
  /** How many of the last letters may become a form. */
  private readonly begun: Uint16Array;
  /** The length of the longest form that ends there. */
  private readonly ended: Uint16Array;
  /** 1: half of some form is there. */
  private readonly halves: Uint8Array;
  /** Of the longest form; 0: there is none. */
  readonly longest: number;

  /** @param forms of small letters and digits only. */
  constructor(forms: readonly string[]) {
    const states = 1 + forms.reduce((all, { length }) => all + length, 0);
    this.next = new Uint16Array(states * SIGNS);
    this.begun = new Uint16Array(states);
    this.ended = new Uint16Array(states);
    this.halves = new Uint8Array(states);
    this.longest = Math.max(0, ...forms.map(({ length }) => length));
    this.write(forms);
    this.complete();
  }

  /** @param unit a small letter or a digit. */
  after(state: number, unit: number): number {
    return this.next[state * SIGNS + signOf(unit)] ?? 0;
  }

  begunAt(state: number): number {
    return this.begun[state] ?? 0;
  }

  endedAt(state: number): number {
    return this.ended[state] ?? 0;
  }

  isHalf(state: number): boolean {
    return this.halves[state] === 1;
  }

  private write(forms: readonly string[]): void {
    let last = 0;
    for (const form of forms) {
      let state = 0;
      for (let at = 0; at < form.length; at += 1) {
        const place = state * SIGNS + signOf(form.charCodeAt(at));
        this.next[place] ||= last += 1;
        state = this.next[place] ?? 0;
        if (at === form.length - 1) continue;
        this.begun[state] = at + 1;
        if ((at + 1) * 2 >= form.length) this.halves[state] = 1;
      }
      this.ended[state] = form.length;
    }
  }

  /** Where a form does not go on, the longest of its ends that begins one does. */
  private complete(): void {
    const waiting = [{ state: 0, shorter: 0 }];
    for (const { state, shorter } of waiting) {
      this.begun[state] ||= this.begunAt(shorter);
      this.ended[state] ||= this.endedAt(shorter);
      this.halves[state] ||= this.halves[shorter] ?? 0;
      for (let sign = 0; sign < SIGNS; sign += 1) {
        const place = state * SIGNS + sign;
        const instead = state === 0 ? 0 : (this.next[shorter * SIGNS + sign] ?? 0);
        const own = this.next[place] ?? 0;
        if (own === 0) this.next[place] = instead;
        else waiting.push({ state: own, shorter: instead });
      }
    }
  }
}
