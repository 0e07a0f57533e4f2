/** Random numbers that are the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const modulo11 = (values: readonly number[], weights: readonly number[]): number => {
  const rest = values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) % 11;
  return rest < 2 ? 0 : 11 - rest;
};

const CNPJ_SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Makes numbers of Brazilian registers and cards, right and wrong, by an own reading of their rules. */
export class NumberMaker {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  oneOf<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('an empty list');
    return one;
  }

  digits(length: number): string {
    return Array.from({ length }, () => String(this.below(10))).join('');
  }

  /** 11 digits; `isRight` false: the last one is wrong. */
  cpf(isRight = true): string {
    const base = [...this.digits(9)].map(Number);
    const first = modulo11(base, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
    const second = modulo11([...base, first], [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    return `${base.join('')}${String(first)}${String(isRight ? second : (second + 1) % 10)}`;
  }

  /** 14 signs, with letters or without. */
  cnpj(hasLetters: boolean, isRight = true): string {
    const signs = hasLetters ? CNPJ_SIGNS : CNPJ_SIGNS.slice(0, 10);
    const base = Array.from({ length: 12 }, () => signs[this.below(signs.length)] ?? '0');
    if (hasLetters) base[2] = 'K';
    const values = base.map((sign) => sign.charCodeAt(0) - 48);
    const first = modulo11(values, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    const second = modulo11([...values, first], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    return `${base.join('')}${String(first)}${String(isRight ? second : (second + 1) % 10)}`;
  }

  /** 15 or 16 digits of an issuer. */
  card(isRight = true): string {
    const [prefix, length] = this.oneOf([
      ['4', 16],
      ['52', 16],
      ['34', 15],
      ['6011', 16],
      ['5067', 16],
    ] as const);
    const base = prefix + this.digits(length - 1 - prefix.length);
    const sum = [...base].reverse().reduce((all, digit, at) => {
      const counted = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return all + (counted > 9 ? counted - 9 : counted);
    }, 0);
    const check = (10 - (sum % 10)) % 10;
    return `${base}${String(isRight ? check : (check + 1) % 10)}`;
  }
}

/** `12345678901` as `123.456.789-01`: `#` stands for a sign of it. */
export const written = (number: string, form: string): string => {
  let at = 0;
  return form.replace(/#/g, () => number[at++] ?? '');
};
