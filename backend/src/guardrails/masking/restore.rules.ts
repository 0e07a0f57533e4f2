import { GrowingText } from '../../platform/growing-text.js';
import { PLACEHOLDERS } from './placeholder.rules.js';

/** How far back it is looked whether a placeholder stands in an address, in UTF-16 units. */
const LOOK_BACK = 2048;

/** Where restored text is longer or shorter than the stored one: behind this place, by so much. */
interface Shift {
  readonly behind: number;
  readonly by: number;
}

/**
 * Puts back what placeholders stand for, in a text that comes in parts, none of which ends within a
 * placeholder. What stands in the address of a link or a picture stays: a page that was read could
 * otherwise have the person's data sent to its writer.
 */
export class Restoration {
  private readonly shifts: Shift[] = [];
  private context = new GrowingText();
  private length = 0;
  private shift = 0;

  /** How much stored text there is, in UTF-16 units. */
  get storedLength(): number {
    return this.length;
  }

  /** The next part of the text, with what `valueOf` knows in the place of placeholders. */
  add(text: string, valueOf: (placeholder: string) => string | undefined): string {
    const { length } = this;
    const before = this.context.length;
    this.length += text.length;
    this.context.add(text);
    // Cut seldom: for every few words that would cost more than all the rest.
    const isLong = this.context.length > 2 * LOOK_BACK;
    if (!isLong && !text.includes('[')) return text;
    const whole = this.context.toString();
    if (isLong) this.context = new GrowingText(whole.slice(-LOOK_BACK));
    return text.replace(PLACEHOLDERS, (placeholder: string, _kind: string, at: number) => {
      const value = valueOf(placeholder);
      if (value === undefined || isInAddress(whole, before + at)) return placeholder;
      const by = value.length - placeholder.length;
      this.shifts.push({ behind: length + at + placeholder.length, by });
      this.shift += by;
      return value;
    });
  }

  /** Where a place of the stored text is in the restored one; both in UTF-16 units. */
  placeOf(at: number): number {
    const last = this.shifts.at(-1);
    if (last === undefined) return at;
    if (at >= last.behind) return at + this.shift;
    return this.shifts.reduce((place, { behind, by }) => (behind <= at ? place + by : place), at);
  }
}

/** A whole text, and where its places are now. */
export function restored(
  text: string,
  valueOf: (placeholder: string) => string | undefined,
): { readonly text: string; readonly placeOf: (at: number) => number } {
  const restoration = new Restoration();
  const shown = restoration.add(text, valueOf);
  return { text: shown, placeOf: (at) => restoration.placeOf(at) };
}

/** What an address begins with, in a word. */
const ADDRESS = /[/\\]{2}|\]\(|(?:^|[^\p{L}\p{N}])(?:www\.|(?:mailto|tel|sms|data|javascript):)/iu;
/** `[name]: address` at the beginning of a line, of a quotation or of an item of a list. */
const DEFINITION = /^(?:[\s>*+-]|\d{1,9}[.)])*\[[^\]\n]+\]:/;
/** What `<` begins that has an end: a tag, or an address whatever it begins with. */
const POINTED = /^<[a-z/\\&?#.!]/i;

/** Whether a place of a text is part of an address, as Markdown or HTML has it, or a bare one. */
function isInAddress(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LOOK_BACK), at);
  const word = lastWord(before);
  if (word.length === LOOK_BACK || ADDRESS.test(word)) return true;
  const paragraph = before.slice(Math.max(0, before.lastIndexOf('\n\n')));
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (
    isOpen(paragraph, paragraph.lastIndexOf(']('), ')') ||
    (POINTED.test(paragraph.slice(Math.max(0, paragraph.lastIndexOf('<')))) &&
      isOpen(paragraph, paragraph.lastIndexOf('<'), '>')) ||
    DEFINITION.test(line) ||
    isBelowDefinition(before.slice(0, before.length - word.length).trimEnd())
  );
}

/** From the end backwards: a pattern would look through a long word from each of its letters. */
function lastWord(text: string): string {
  let from = text.length;
  while (from > 0 && !isBlank(text.charCodeAt(from - 1))) from -= 1;
  return text.slice(from);
}

/** As `\s` has it; asked of thousands of letters for each placeholder, it costs ten times as much. */
const isBlank = (unit: number): boolean =>
  unit <= 32
    ? unit === 32 || (unit >= 9 && unit <= 13)
    : unit >= 160 && BLANK.test(String.fromCharCode(unit));
const BLANK = /\s/;

/** The address of a definition may stand on the line below its name. */
const isBelowDefinition = (before: string): boolean =>
  before.endsWith(']:') && DEFINITION.test(before.slice(before.lastIndexOf('\n') + 1));

const isOpen = (text: string, from: number, end: string): boolean =>
  from !== -1 && !text.includes(end, from);
