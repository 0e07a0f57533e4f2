import type { Finding } from './local-rails.js';

/** A detector that takes each unit of a text once, and remembers where it is. */
export interface RunningDetector {
  /** A walk through one text. */
  begin(): Run;
}

export interface Run {
  /**
   * Takes what came. Findings are put into `into`, placed within the whole text.
   * @returns up to where nothing can be found any more, whatever comes.
   */
  take(text: string, isWhole: boolean, into: Finding[]): number;
  /** What the text is within, were it cut off here: see `cutOff` of a detector. */
  cutOff?(): readonly Finding[];
}
