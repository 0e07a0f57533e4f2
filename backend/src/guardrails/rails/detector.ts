import type { Finding } from './local-rails.js';

/** What follows a finding that may be longer than a stream holds back, as it comes. */
export interface Rest {
  /** Behind the last unit that is known to belong to the finding, in units of the first text. */
  readonly end: number;
  /** Whether the finding ends there, whatever comes. */
  readonly isOver: boolean;
  /** Takes what came next. Once a text is whole, it is over. */
  take(text: string, isWhole: boolean): void;
}

/**
 * One way of finding something in a text that may still be coming. Whether `[start, end)` is a
 * finding depends on no more than `before` units in front of it and `after` units behind it: so a
 * text may be judged in windows, and however it is cut, the findings are those of the whole.
 */
export interface Detector {
  /** Units in front of a finding that say whether it is one, such as a word of context. */
  readonly before: number;
  /** Units behind a finding that say whether it is one, such as one more digit. */
  readonly after: number;
  /** The longest that a finding may be of which {@link rest} tells nothing, in UTF-16 units. */
  readonly longest: number;
  /** Findings in a text that is whole, by start, none within another of the same detector. Linear. */
  find(text: string): readonly Finding[];
  /**
   * Where what may still become a finding begins, were the text to go on; its length where nothing
   * may. Never more than `before + longest + after` units from the end; ordinary prose holds back
   * no more than the word being written.
   */
  open(text: string): number;
  /**
   * The last finding of a text, where it stands whatever comes and may go on. Absent: none is
   * longer than may be held back. So it is told at once, and what follows is never let out.
   */
  rest?(last: Finding, text: string): Rest | undefined;
  /**
   * What a text that was cut off at its end is within: a finding, were it to go on, of which enough is
   * there to tell. Ends where the text does. Absent: an unfinished one tells nothing.
   */
  cutOff?(text: string): readonly Finding[];
  /**
   * A look that costs next to nothing, which is all that most of a text needs.
   * @param text begins at most `before` units in front of `from`, or is the whole.
   * @returns what `open` would, where nothing is found from `from` on; NOT_SURE: it is to be read.
   */
  glance?(text: string, from: number): number;
}

/** A glance does not tell. */
export const NOT_SURE = -1;
