import { cutOffFindings } from '../cut-off.rules.js';
import type { Detector } from '../detector.js';
import type { Finding } from '../local-rails.js';
import { plainReader, UNITS_A_SIGN } from '../plain-reading.js';
import type { TextView } from '../text-view.js';
import { promised, valueBehind } from './assignments.rules.js';
import { secretContinuations } from './continuations.rules.js';
import {
  LONGEST_UNSURE,
  SECRET_FORMS,
  addressAround,
  discordAt,
  entraAround,
  jwtAt,
  isOpenPem,
  pemAt,
  restOfForm,
  telegramAt,
  type KnownForm,
} from './known-forms.rules.js';
import { PlainRest } from './plain-rest.js';
import { lastPlainWord, SHORTEST_SECRET } from './plain-words.rules.js';
import { entropy, isPlaceholder, isSign, runEnd, type SignSet } from './token-signs.rules.js';

/** Tokens of one service. */
export interface TokenRule {
  readonly id: string;
  /** What its tokens begin with; none: words of context have to stand in front of them. */
  readonly prefixes: readonly string[];
  readonly words: readonly string[];
  readonly signs: SignSet;
  /** Fewest and most signs behind the prefix. */
  readonly least: number;
  readonly most: number;
  /** Least entropy of what is behind the prefix, in bits a sign. */
  readonly entropy: number;
}

/** How far in front of a token its service's name may stand, in UTF-16 units. */
const WORDS_REACH = 64;

/**
 * The same, and the name of a value with what stands between, as they were written: with what
 * nobody sees.
 */
const WRITTEN_REACH = 256;

/** By here a secret is to be known as one, as it was written, in UTF-16 units. */
const LONGEST_WRITTEN = 1900;

/** What the detector is made of: tokens by service, and forms that are known without a list. */
export interface SecretRules {
  readonly tokens: readonly TokenRule[];
  readonly forms: ReadonlySet<string>;
}

/** Finds keys, tokens and passwords. */
export function secretsDetector(rules: SecretRules): Detector {
  const byFirst = new Map<number, { prefix: string; rule: TokenRule }[]>();
  for (const rule of rules.tokens) {
    for (const prefix of rule.prefixes) {
      const list = byFirst.get(prefix.charCodeAt(0)) ?? [];
      byFirst.set(prefix.charCodeAt(0), [...list, { prefix, rule }]);
    }
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.prefix.length - a.prefix.length);
  const bare = rules.tokens.filter(({ prefixes }) => prefixes.length === 0);
  const services = serviceNames(bare);
  const shortest = Math.min(SHORTEST_SECRET, ...rules.tokens.map(shortestOf));
  return {
    before: WRITTEN_REACH + UNITS_A_SIGN,
    after: UNITS_A_SIGN,
    longest: LONGEST_UNSURE,
    find: (text) => new Scan(plainReader.view(text), byFirst, bare, services, rules.forms).run(),
    open(text) {
      const view = plainReader.view(text);
      return view.at(open(view.text));
    },
    rest({ rule, start }, text) {
      const view = plainReader.view(text.slice(start));
      const rest = restOfForm({ rule, start: 0, end: 0 }, view.text);
      return rest && new PlainRest(rest, view, start);
    },
    cutOff(text) {
      const { text: read } = plainReader.view(text);
      const find = (whole: string): readonly Finding[] => this.find(whole);
      return cutOffFindings(text, secretContinuations(read, rules.tokens), find, ({ rule }) =>
        rule === 'password' || rule === 'secret' ? 1 / 2 : LEAST_OF_TOKEN,
      );
    },
    glance: (text, from) => lastPlainWord(text, from, shortest),
  };
}

/** Less of a token, its prefix included, tells nothing, and may be an ordinary word. */
const LEAST_OF_TOKEN = 1 / 3;

const shortestOf = ({ prefixes, least }: TokenRule): number =>
  least + (prefixes.length > 0 ? Math.min(...prefixes.map(({ length }) => length)) : 0);

/** The words of context as one pattern of literals; one that nothing matches where there are none. */
const serviceNames = (bare: readonly TokenRule[]): RegExp => {
  const words = bare.flatMap((rule) => rule.words).map((word) => word.replace(/\W/g, '\\$&'));
  return new RegExp(words.length > 0 ? words.join('|') : '(?!)', 'gi');
};

/** Where a secret may begin that the end of a text cuts: the last word, or a key without its end. */
function open(text: string): number {
  const first = Math.max(0, text.length - LONGEST_UNSURE);
  let start = text.length;
  while (start > first && !/\s/.test(text[start - 1] ?? '')) start -= 1;
  const key = text.lastIndexOf('-----BEGIN ');
  return key >= first && key < start && isOpenPem(text, key) ? key : start;
}

/** One reading of one text. */
class Scan {
  private readonly found: Finding[] = [];
  /** Where the names of services were last seen. */
  private readonly services = new Map<string, number>();
  private readonly text: string;

  constructor(
    private readonly view: TextView,
    private readonly byFirst: ReadonlyMap<number, readonly { prefix: string; rule: TokenRule }[]>,
    private readonly bare: readonly TokenRule[],
    private readonly names: RegExp,
    private readonly forms: ReadonlySet<string>,
  ) {
    this.text = view.text;
  }

  run(): Finding[] {
    const { text } = this;
    let address = text.indexOf('://');
    for (let at = 0; at < text.length;) {
      if (address >= 0 && address < at) address = text.indexOf('://', at);
      const code = text.charCodeAt(at);
      if (!isSign(code, 'dotted')) {
        at = this.atSign(at, code);
        continue;
      }
      const near = address >= 0 && address - at <= 24 ? addressAround(text, address) : undefined;
      const form = near?.start === at ? near : (this.tokenAt(at) ?? this.formAt(at, code));
      at = (form && this.take(form)) ?? this.wordAt(at);
    }
    return this.found;
  }

  private atSign(at: number, code: number): number {
    // `$aact_` of Asaas, `1//0` of Google and the like may begin with other signs.
    const token = this.byFirst.has(code) ? this.tokenAt(at) : undefined;
    return (token && this.take(token)) ?? at + 1;
  }

  private tokenAt(at: number): KnownForm | undefined {
    const { text } = this;
    for (const { prefix, rule } of this.byFirst.get(text.charCodeAt(at)) ?? []) {
      if (!text.startsWith(prefix, at)) continue;
      const from = at + prefix.length;
      const end = this.tokenEnd(from, rule);
      if (end !== undefined) return { rule: rule.id, start: at, end };
    }
    return undefined;
  }

  private tokenEnd(from: number, rule: TokenRule): number | undefined {
    let end = runEnd(this.text, from, rule.signs, rule.most + 1);
    while (end > from && /[.-]/.test(this.text[end - 1] ?? '')) end -= 1;
    const length = end - from;
    if (length < rule.least || length > rule.most) return undefined;
    const token = this.text.slice(from, end);
    return isPlaceholder(token) || entropy(token) < rule.entropy ? undefined : end;
  }

  private formAt(at: number, code: number): KnownForm | undefined {
    const { text } = this;
    if (code === 45 && text.startsWith('-----BEGIN ', at)) return pemAt(text, at);
    if (code === 101) return jwtAt(text, at);
    if (code >= 48 && code <= 57) return telegramAt(text, at);
    return code >= 77 && code <= 79 ? discordAt(text, at) : undefined;
  }

  /** A word that is no token by itself: by what stands in front of it, or as the name of a value. */
  private wordAt(at: number): number {
    const { text } = this;
    const end = runEnd(text, at, 'dotted', text.length);
    const named = this.bareToken(at, end) ?? this.entraIn(at, end);
    if (named) return this.take(named) ?? end;
    if (end - at > 40) return end;
    const word = text.slice(at, end).replace(/[.-]+$/, '');
    const promise = promised(word);
    if (promise && this.forms.has(promise)) {
      const value = valueBehind(text, at + word.length, promise);
      if (value && this.reaches(at, value.start)) {
        return this.take({ rule: promise, ...value }) ?? end;
      }
    }
    for (const name of word.match(this.names) ?? []) this.services.set(name.toLowerCase(), at);
    return end;
  }

  private bareToken(at: number, wordEnd: number): KnownForm | undefined {
    if (this.services.size === 0) return undefined;
    for (const rule of this.bare) {
      if (!this.isNear(rule.words, at)) continue;
      const end = runEnd(this.text, at, rule.signs, rule.most + 1);
      if (end - at < rule.least || end - at > rule.most || end < wordEnd) continue;
      const token = this.text.slice(at, end);
      const regular = entropy(token) < rule.entropy || !/\d/.test(token);
      if (!regular && !isPlaceholder(token)) return { rule: rule.id, start: at, end };
    }
    return undefined;
  }

  private isNear(words: readonly string[], at: number): boolean {
    return words.some((word) => {
      const named = this.services.get(word);
      return named !== undefined && at - named <= WORDS_REACH && this.reaches(named, at);
    });
  }

  private reaches(from: number, at: number): boolean {
    return this.view.at(at) - this.view.at(from) <= WRITTEN_REACH;
  }

  private entraIn(at: number, end: number): KnownForm | undefined {
    if (this.text[end] !== '~') return undefined;
    return entraAround(this.text, end - 1);
  }

  private take(form: KnownForm): number | undefined {
    const { rule, start: first, end: last } = form;
    if (!this.forms.has(rule) && SECRET_FORMS.some((known) => known === rule)) return undefined;
    const start = this.view.at(first);
    const end = this.view.endOf(last);
    if (end - start > LONGEST_WRITTEN && !this.isKnownInTime(form)) return undefined;
    this.found.push({ rail: 'secrets', rule, start, end, kind: 'SECRET' });
    return last;
  }

  /** Whether a long secret would be known as one while it is held back. */
  private isKnownInTime({ rule, start, end }: KnownForm): boolean {
    const { view } = this;
    if (view.endOf(end) - view.at(start) === end - start) return true;
    let last = start;
    while (last < end && view.endOf(last + 1) - view.at(start) <= LONGEST_WRITTEN) last += 1;
    const text = this.text.slice(start, last);
    return restOfForm({ rule, start: 0, end: last - start }, text) !== undefined;
  }
}
