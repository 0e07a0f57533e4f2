import {
  inEitherCase,
  LAST_POINT,
  negated,
  one,
  type PointSet,
  union,
} from './code-points.rules.js';
import { escapeAt, SETS } from './escapes.rules.js';
import { type Expression, refuse } from './pattern-syntax.js';

/** A part may be repeated so often by number; more takes too much memory. */
const MOST_REPETITIONS = 250;
const DEEPEST = 50;

interface Flags {
  readonly i: boolean;
  readonly s: boolean;
  readonly m: boolean;
}

/**
 * Takes a regular expression apart: the syntax of RE2, with `\w` and `\b` knowing all letters.
 * @throws PatternRefused for what is wrong, or takes more than linear time.
 */
export function parsePattern(pattern: string, ignoresCase: boolean): Expression {
  return new PatternParser(pattern, ignoresCase).parse();
}

class PatternParser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly pattern: string,
    private readonly ignoresCase: boolean,
  ) {}

  parse(): Expression {
    const expression = this.choice({ i: this.ignoresCase, s: false, m: false });
    if (this.at < this.pattern.length) {
      refuse('has a “)” that closes nothing', 'tem um “)” que não fecha nada');
    }
    return expression;
  }

  private choice(flags: Flags): Expression {
    const parts: Expression[] = [];
    let inForce = flags;
    for (;;) {
      const { row, flags: changed } = this.row(inForce);
      inForce = changed;
      parts.push(row);
      if (this.next() !== '|') break;
      this.at += 1;
    }
    return parts.length === 1 ? (parts[0] ?? { kind: 'nothing' }) : { kind: 'choice', parts };
  }

  private row(flags: Flags): { row: Expression; flags: Flags } {
    const parts: Expression[] = [];
    let inForce = flags;
    while (this.at < this.pattern.length && !'|)'.includes(this.next())) {
      const changed = this.flagsHere(inForce);
      if (changed) inForce = changed;
      else parts.push(this.repeated(this.atom(inForce)));
    }
    return { row: { kind: 'row', parts }, flags: inForce };
  }

  /** `(?i)`: from here on. */
  private flagsHere(flags: Flags): Flags | undefined {
    const found = /^\(\?([ism]*)(?:-([ism]+))?\)/.exec(this.rest());
    if (!found) return undefined;
    this.at += found[0].length;
    return withFlags(flags, found[1] ?? '', found[2] ?? '');
  }

  private atom(flags: Flags): Expression {
    const sign = this.next();
    switch (sign) {
      case '(':
        return this.group(flags);
      case '[':
        return this.set(this.characterClass(), flags);
      case '.':
        this.at += 1;
        return { kind: 'set', set: flags.s ? [{ from: 0, to: LAST_POINT }] : negated(one(10)) };
      case '^':
        this.at += 1;
        return { kind: 'place', place: flags.m ? 'line-start' : 'text-start' };
      case '$':
        this.at += 1;
        return { kind: 'place', place: flags.m ? 'line-end' : 'text-end' };
      case '\\':
        return this.escape(flags);
      case '*':
      case '+':
      case '?':
        return refuse(
          `repeats nothing with “${sign}”; a plain one is written \\${sign}`,
          `repete o vazio com “${sign}”; o próprio sinal se escreve \\${sign}`,
        );
      default:
        return this.literal(flags);
    }
  }

  private literal(flags: Flags): Expression {
    const point = this.pattern.codePointAt(this.at) ?? 0;
    this.at += point > 0xffff ? 2 : 1;
    return this.set(one(point), flags);
  }

  private set(set: PointSet, { i }: Flags): Expression {
    return { kind: 'set', set: i ? inEitherCase(set) : set };
  }

  private group(flags: Flags): Expression {
    const found = /^\((?:\?(?:P?<[A-Za-z]\w*>|([ism]*)(?:-([ism]+))?:))?/.exec(this.rest());
    const opening = found?.[0] ?? '(';
    if (opening === '(' && this.rest().startsWith('(?')) this.refuseGroup();
    this.depth += 1;
    if (this.depth > DEEPEST) {
      refuse(
        'has too many parentheses within parentheses',
        'tem parênteses demais dentro de parênteses',
      );
    }
    this.at += opening.length;
    const inside = this.choice(withFlags(flags, found?.[1] ?? '', found?.[2] ?? ''));
    if (this.next() !== ')') {
      refuse('has a “(” that is not closed', 'tem um “(” que não foi fechado');
    }
    this.at += 1;
    this.depth -= 1;
    return inside;
  }

  private refuseGroup(): never {
    if (/^\(\?<?[=!]/.test(this.rest())) {
      return refuse(
        'looks around, (?=…), (?!…), (?<=…) or (?<!…), which cannot be done in linear time; use \\b, or match the neighbours too',
        'olha em volta, (?=…), (?!…), (?<=…) ou (?<!…), o que não se faz em tempo linear; use \\b, ou inclua o que vem ao lado',
      );
    }
    return refuse('has an unknown group (?…', 'tem um grupo (?… desconhecido');
  }

  private escape(flags: Flags): Expression {
    const found = escapeAt(this.pattern, this.at);
    this.at = found.end;
    return 'place' in found ? { kind: 'place', place: found.place } : this.set(found.set, flags);
  }

  private repeated(part: Expression): Expression {
    const found = /^(?:([*+?])|\{(\d{1,6})(,(\d{0,6}))?\})\??/.exec(this.rest());
    if (!found) return part;
    const [whole, sign, least = '0', range, most] = found;
    this.at += whole.length;
    if (/^[*+?]|^\{\d/.test(this.rest())) {
      refuse(
        'repeats a repetition (a++, a**, a{2}{3}); put the inner one in parentheses',
        'repete uma repetição (a++, a**, a{2}{3}); ponha a de dentro entre parênteses',
      );
    }
    if (sign !== undefined) {
      return {
        kind: 'repeat',
        part,
        least: sign === '+' ? 1 : 0,
        most: sign === '?' ? 1 : Infinity,
      };
    }
    return this.counted(part, Number(least), range === undefined ? least : most);
  }

  private counted(part: Expression, least: number, written: string | undefined): Expression {
    const most = written === undefined || written === '' ? Infinity : Number(written);
    if (most < least) {
      refuse(`repeats from ${least} to ${most} times`, `repete de ${least} a ${most} vezes`);
    }
    if (Math.max(least, most === Infinity ? 0 : most) > MOST_REPETITIONS) {
      refuse(
        `repeats more than ${MOST_REPETITIONS} times by number`,
        `repete mais de ${MOST_REPETITIONS} vezes por número`,
      );
    }
    return { kind: 'repeat', part, least, most };
  }

  /** `[a-z]`. */
  private characterClass(): PointSet {
    const isNegated = this.pattern.charAt(this.at + 1) === '^';
    this.at += isNegated ? 2 : 1;
    const sets: PointSet[] = [];
    for (let first = true; first || this.next() !== ']'; first = false) {
      if (this.at >= this.pattern.length) {
        refuse('has a “[” that is not closed', 'tem um “[” que não foi fechado');
      }
      sets.push(this.member());
    }
    this.at += 1;
    const all = union(...sets);
    return isNegated ? negated(all) : all;
  }

  private member(): PointSet {
    const named = /^\[:(\^?)([a-z]+):\]/.exec(this.rest());
    const set = named && SETS[named[2] ?? ''];
    if (named && set) {
      this.at += named[0].length;
      return named[1] ? negated(set()) : set();
    }
    const from = this.single();
    const only = from.length === 1 && from[0]?.from === from[0]?.to ? from[0]?.from : undefined;
    if (this.next() !== '-' || [']', ''].includes(this.pattern.charAt(this.at + 1))) return from;
    this.at += 1;
    const until = this.single();
    const last = until.length === 1 && until[0]?.from === until[0]?.to ? until[0]?.to : undefined;
    if (only === undefined || last === undefined || last < only) {
      return refuse(
        'has a range in […] that ends before it begins',
        'tem um intervalo em […] que acaba antes de começar',
      );
    }
    return [{ from: only, to: last }];
  }

  private single(): PointSet {
    if (this.next() === '\\') {
      const found = escapeAt(this.pattern, this.at, true);
      this.at = found.end;
      if ('set' in found) return found.set;
      return refuse('has \\b within […]', 'tem \\b dentro de […]');
    }
    const point = this.pattern.codePointAt(this.at) ?? 0;
    this.at += point > 0xffff ? 2 : 1;
    return one(point);
  }

  private next(): string {
    return this.pattern.charAt(this.at);
  }

  private rest(): string {
    return this.pattern.slice(this.at);
  }
}

const withFlags = (flags: Flags, on: string, off: string): Flags => ({
  i: (flags.i || on.includes('i')) && !off.includes('i'),
  s: (flags.s || on.includes('s')) && !off.includes('s'),
  m: (flags.m || on.includes('m')) && !off.includes('m'),
});
