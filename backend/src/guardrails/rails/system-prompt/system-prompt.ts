import { fold } from '#db';
import type { Finding, OutputContext } from '../local-rails.js';
import type { Run, RunningDetector } from '../running-detector.js';
import { CanaryWatch } from './canary-watch.js';
import { RepeatedWords, wordPlaces } from './repeated-words.js';

/** Its secret word, and many words of it in a row. */
export const SYSTEM_PROMPT_RULES = ['canary', 'words'] as const;

/** A longer word is cut; more between two words parts them. In units. */
const LONGEST_WORD = 64;
const MOST_BETWEEN = 40;

const OTHER = 0;
const LETTER = 1;
const UNSEEN = 2;
const UNKNOWN = 3;
const KINDS = new Uint8Array(0x10000).fill(UNKNOWN);
const IS_LETTER = /^[\p{L}\p{N}\p{M}]$/u;
const IS_UNSEEN = /^\p{Cf}$/u;

function kindOf(unit: number): number {
  const known = KINDS[unit] ?? OTHER;
  if (known !== UNKNOWN) return known;
  const sign = String.fromCharCode(unit);
  const kind = IS_LETTER.test(sign) ? LETTER : IS_UNSEEN.test(sign) ? UNSEEN : OTHER;
  KINDS[unit] = kind;
  return kind;
}

/** Finds the canary of a system prompt, and long parts of the prompt itself. */
export class SystemPrompt implements RunningDetector {
  private readonly places: ReadonlyMap<string, readonly number[]>;

  /** @param words so many in a row are a leak. */
  constructor(
    private readonly context: OutputContext,
    private readonly words: number,
  ) {
    this.places = wordPlaces(context.systemPrompt ?? '');
  }

  begin(): Run {
    const { canary = '' } = this.context;
    return new SystemPromptRun(new CanaryWatch(canary), new RepeatedWords(this.places, this.words));
  }
}

class SystemPromptRun implements Run {
  private place = 0;
  private word = '';
  private wordStart = 0;
  private between = 0;

  constructor(
    private readonly canary: CanaryWatch,
    private readonly words: RepeatedWords,
  ) {}

  take(text: string, isWhole: boolean, into: Finding[]): number {
    let from = 0;
    for (let at = 0; at < text.length; at += 1, this.place += 1) {
      const unit = text.charCodeAt(at);
      const kind = kindOf(unit);
      if (kind === LETTER) {
        this.letter(unit, into);
        if (this.word === '' && at === from) this.wordStart = this.place;
        if (this.word.length + at + 1 - from >= LONGEST_WORD) {
          from = this.wordEnds(text, from, at + 1, this.place + 1, into);
        }
      } else if (kind === OTHER) {
        from = this.wordEnds(text, from, at, this.place, into) + 1;
        this.sign();
      } else if (this.word === '' && at === from) {
        from = at + 1;
        this.sign();
      }
    }
    this.word += text.slice(from);
    if (isWhole) {
      this.wordEnds('', 0, 0, this.place, into);
      return this.place;
    }
    return this.settled();
  }

  /** Of its canary; words in a row are a leak only when there are enough of them. */
  cutOff(): readonly Finding[] {
    const start = this.canary.cutOff;
    return start === undefined ? [] : [finding('canary', start, this.place)];
  }

  private settled(): number {
    const word = this.words.open(this.word === '' ? undefined : this.wordStart);
    const canary = this.canary.open;
    return Math.min(this.place, word ?? this.place, canary ?? this.place);
  }

  private letter(unit: number, into: Finding[]): void {
    this.between = 0;
    if (!this.canary.isOn) return;
    const code = plainUnit(unit);
    if (code === 0) {
      this.canary.pass();
      return;
    }
    const start = this.canary.take(code, this.place);
    if (start !== undefined) into.push(finding('canary', start, this.place + 1));
  }

  private sign(): void {
    this.between += 1;
    if (this.between === MOST_BETWEEN) this.words.interrupt();
    if (this.canary.isOn) this.canary.pass();
  }

  private wordEnds(text: string, from: number, to: number, end: number, into: Finding[]): number {
    const word = this.word + text.slice(from, to);
    this.word = '';
    if (word !== '') {
      const start = this.words.take(
        PLAIN.test(word) ? word.toLowerCase() : folded(word),
        this.wordStart,
      );
      if (start !== undefined) into.push(finding('words', start, end));
    }
    return to;
  }
}

const PLAIN = /^[A-Za-z0-9]+$/;
const folded = (word: string): string => fold(word.replace(/\p{Cf}/gu, ''));

const finding = (
  rule: (typeof SYSTEM_PROMPT_RULES)[number],
  start: number,
  end: number,
): Finding => ({
  rail: 'system-prompt',
  rule,
  start,
  end,
});

/** A small letter or a digit for what is one, wide or not; 0: it is none. */
function plainUnit(written: number): number {
  const unit = written >= 0xff01 && written <= 0xff5e ? written - 0xfee0 : written;
  if (unit >= 65 && unit <= 90) return unit + 32;
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) ? unit : 0;
}
