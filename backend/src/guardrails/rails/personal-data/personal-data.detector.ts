import { cutOffFindings } from '../cut-off.rules.js';
import type { Detector } from '../detector.js';
import type { Finding } from '../local-rails.js';
import { UNITS_A_SIGN, unescapedReader } from '../plain-reading.js';
import type { TextView } from '../text-view.js';
import {
  LONGEST_EMAIL,
  emailAround,
  ibanAt,
  ipV4At,
  ipV6At,
  letteredCnpjAt,
  uuidAt,
} from './addresses.rules.js';
import { digitsIn, isCnpj } from './check-digits.rules.js';
import { dataContinuations } from './continuations.rules.js';
import { Context, type ContextWords } from './context.rules.js';
import {
  FORMS,
  isBesideNumbers,
  isChecked,
  NUMBER_REACH,
  standsAlone,
} from './joined-numbers.rules.js';
import { PLACEHOLDERS, cnpjValues, type NumberKind, type PersonalDataKind } from './kinds.js';
import {
  hasSpacedNeighbour,
  isWordUnit,
  MOST_BLANKS,
  numbersAt,
  signBefore,
  signBehind,
  type FormedNumber,
} from './number-forms.rules.js';
import { openNumbers } from './open.rules.js';
import { phoneAt } from './phones.rules.js';
import { plainEnd } from './plain-words.rules.js';
import { nextSpelledEmail, type SpelledEmail } from './spelled-emails.rules.js';

/** A word that names another number outweighs check digits only from so near, in UTF-16 units. */
const OTHER_REACH = 28;

/** Units behind a number that may carry it on: blanks or a sign, and a digit. */
const AFTER = MOST_BLANKS + 1;

/** Longest finding as it was written, with what nobody sees, in UTF-16 units. */
const LONGEST_WRITTEN = 1024;

interface Candidate {
  readonly kind: PersonalDataKind;
  readonly end: number;
}

const OTHER_THAN_PHONE = ['other', 'cpf', 'cnpj', 'card', 'cep', 'rg', 'cnh', 'pis', 'voter-card'];

/** Finds personal data of the given kinds; `words` say what the numbers behind them are. */
export function personalDataDetector(
  kinds: ReadonlySet<PersonalDataKind>,
  words: ContextWords,
  isExcepted: (found: string) => boolean,
): Detector {
  return {
    before: NUMBER_REACH * UNITS_A_SIGN,
    after: AFTER * UNITS_A_SIGN,
    longest: LONGEST_EMAIL * UNITS_A_SIGN,
    find: (text) => new Scan(unescapedReader.view(text), words, kinds, isExcepted).run(),
    open(text) {
      const view = unescapedReader.view(text);
      return view.at(openNumbers(view.text));
    },
    cutOff(text) {
      const { text: read } = unescapedReader.view(text);
      const find = (whole: string): readonly Finding[] => this.find(whole);
      return cutOffFindings(text, dataContinuations(read), find, () => 1 / 2);
    },
    glance: plainEnd,
  };
}

/** One reading of one text, from its beginning to its end. */
class Scan {
  private readonly found: Finding[] = [];
  private readonly context: Context;
  private readonly text: string;
  private spelledEmail: SpelledEmail | undefined;

  constructor(
    private readonly view: TextView,
    words: ContextWords,
    private readonly kinds: ReadonlySet<PersonalDataKind>,
    private readonly isExcepted: (found: string) => boolean,
  ) {
    this.text = view.text;
    this.context = new Context(view.text, words, (index) => view.at(index));
  }

  run(): Finding[] {
    const { text } = this;
    let email = text.indexOf('@');
    this.spelledEmail = nextSpelledEmail(text, 0);
    for (let at = 0; at < text.length;) {
      if (email >= 0 && email < at) email = text.indexOf('@', at);
      const code = text.charCodeAt(at);
      if (!isWordUnit(code)) {
        at = this.signAt(at, code);
        continue;
      }
      const address = email >= 0 && email - at <= 64 ? this.emailAt(at, email) : undefined;
      at = address ?? this.spelledEmailAt(at) ?? this.wordAt(at) ?? this.behindWord(at);
    }
    return this.found;
  }

  private spelledEmailAt(at: number): number | undefined {
    while (this.spelledEmail && this.spelledEmail.start < at) {
      this.spelledEmail = nextSpelledEmail(this.text, this.spelledEmail.end);
    }
    if (this.spelledEmail?.start !== at) return undefined;
    const { end, needsContext } = this.spelledEmail;
    if (needsContext && this.context.distance('email', at) === Infinity) return undefined;
    return this.take(at, { kind: 'email', end });
  }

  /** What begins at a plus, a parenthesis or two colons. Returns where to read on. */
  private signAt(at: number, code: number): number {
    const isPhoneSign = (code === 43 || code === 40) && isDigit(this.text.charCodeAt(at + 1));
    const phone = isPhoneSign && !isWordUnit(this.text.charCodeAt(at - 1));
    return (phone ? this.take(at, this.phone(at)) : undefined) ?? at + 1;
  }

  private emailAt(at: number, sign: number): number | undefined {
    const span = emailAround(this.text, sign);
    return span?.start === at ? this.take(at, { kind: 'email', end: span.end }) : undefined;
  }

  /** What begins with a letter or a digit. Returns where to read on, undefined where nothing does. */
  private wordAt(at: number): number | undefined {
    const code = this.text.charCodeAt(at);
    if (isWordUnit(this.text.charCodeAt(at - 1))) return undefined;
    if (signBefore(this.text, at) !== '') return this.take(at, this.formed(at));
    const spelled = this.spelled(at);
    if (spelled) return this.take(at, spelled);
    return isDigit(code) ? this.take(at, this.number(at)) : undefined;
  }

  /** What has letters among its digits: a CNPJ, an IBAN, an IPv6 address, a random Pix key. */
  private spelled(at: number): Candidate | undefined {
    const { text } = this;
    const second = text.charCodeAt(at + 2);
    const cnpj =
      second === 46 || isDigit(text.charCodeAt(at + 13)) ? letteredCnpjAt(text, at) : undefined;
    if (cnpj && this.isLetteredCnpj(at, cnpj.end)) return { kind: 'cnpj', end: cnpj.end };
    if (isDigit(second) && !isDigit(text.charCodeAt(at))) {
      const iban = ibanAt(text, at);
      if (iban) return { kind: 'iban', end: iban.end };
    }
    const v6 = text.slice(at, at + 5).includes(':') ? ipV6At(text, at) : undefined;
    if (v6) return { kind: 'ip', end: v6.end };
    const uuid = text[at + 8] === '-' ? uuidAt(text, at) : undefined;
    if (uuid && this.context.distance('pix', at) < Infinity) return { kind: 'pix', end: uuid.end };
    return undefined;
  }

  private isLetteredCnpj(start: number, end: number): boolean {
    if (!isCnpj(cnpjValues(this.text.slice(start, end)))) return false;
    return end - start > 14 || this.context.distance('cnpj', start) < Infinity;
  }

  private number(at: number): Candidate | undefined {
    return this.ip(at) ?? this.formed(at) ?? this.phone(at);
  }

  private formed(at: number): Candidate | undefined {
    for (const form of numbersAt(this.text, at, FORMS)) {
      const kind = this.kindOf(form, at);
      if (kind) return { kind, end: kind === 'rg' ? this.behindX(form.end) : form.end };
    }
    return undefined;
  }

  /** The check digit of an RG may be an X. */
  private behindX(end: number): number {
    const isX = /^-?x(?!\w)/i.test(this.text.slice(end, end + 3));
    return isX ? end + (this.text[end] === '-' ? 2 : 1) : end;
  }

  private ip(at: number): Candidate | undefined {
    const span = this.text.slice(at, at + 4).includes('.') ? ipV4At(this.text, at) : undefined;
    if (!span) return undefined;
    const version = this.context.distance('version', at);
    if (version < OTHER_REACH && version < this.context.distance('ip', at)) return undefined;
    return { kind: 'ip', end: span.end };
  }

  /** The kind whose word is nearest; without any word, one that needs none. */
  private kindOf(form: FormedNumber, at: number): PersonalDataKind | undefined {
    const written = this.text.slice(at, form.end);
    const digits = digitsIn(written);
    const valid = form.kinds.filter(({ kind, isOne }) => this.kinds.has(kind) && isOne(digits));
    if (valid.length === 0) return undefined;
    const near = this.nearest(valid, at);
    if (!this.isWhole(form, at, near ? [near] : valid, near !== undefined)) return undefined;
    if (near) return near.kind;
    const [alone] = valid.filter(({ needsContext }) => !needsContext);
    if (!alone) return undefined;
    if (form.punctuated && !form.spaced) return alone.kind;
    return form.broken || this.isPart(form, at) || this.isOther(at) || this.isPhone(at)
      ? undefined
      : alone.kind;
  }

  /** Whether nothing around a number carries it on. */
  private isWhole(
    { end, spaced, loose }: FormedNumber,
    start: number,
    kinds: readonly NumberKind[],
    isNamed: boolean,
  ): boolean {
    const { text } = this;
    if (signBefore(text, start) === '' && signBehind(text, end) === '') return true;
    if (spaced || loose || !isChecked(kinds)) return false;
    const isSure = isNamed || /[-/]/.test(text.slice(start, end));
    return standsAlone(text, { start, end }, isSure);
  }

  /** Whether digits beside a number are more of its groups. */
  private isPart({ end, spaced, loose }: FormedNumber, start: number): boolean {
    const place = { start, end };
    if (!hasSpacedNeighbour(this.text, place, loose ? MOST_BLANKS : 1)) return false;
    return spaced || !isBesideNumbers(this.text, place);
  }

  private nearest(valid: readonly NumberKind[], at: number): NumberKind | undefined {
    const distances = valid.map((one) => ({ one, far: this.context.distance(one.kind, at) }));
    const [first] = distances.filter(({ far }) => far < Infinity).sort((a, b) => a.far - b.far);
    return first && first.far <= this.context.distance('other', at) ? first.one : undefined;
  }

  private isOther(at: number): boolean {
    return this.context.distance('other', at) < OTHER_REACH;
  }

  private isPhone(at: number): boolean {
    return this.context.distance('phone', at) < OTHER_REACH;
  }

  /** A telephone number: by its form, or where the nearest word of context speaks of one. */
  private phone(at: number): Candidate | undefined {
    const far = Math.min(this.context.distance('phone', at), this.context.distance('pix', at));
    const isNearest =
      far < Infinity && OTHER_THAN_PHONE.every((kind) => this.context.distance(kind, at) > far);
    const phone = phoneAt(this.text, at, isNearest);
    return phone && { kind: 'phone', end: phone.end };
  }

  private take(first: number, found: Candidate | undefined): number | undefined {
    if (!found || !this.kinds.has(found.kind)) return undefined;
    const { kind, end: last } = found;
    const start = this.view.at(first);
    const end = this.view.endOf(last);
    if (end - start > LONGEST_WRITTEN) return undefined;
    if (this.isExcepted(this.text.slice(first, last))) return last;
    this.found.push({ rail: 'personal-data', rule: kind, start, end, kind: PLACEHOLDERS[kind] });
    return last;
  }

  private behindWord(at: number): number {
    let end = at + 1;
    while (isWordUnit(this.text.charCodeAt(end))) end += 1;
    return end;
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
