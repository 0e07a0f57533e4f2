import type { Rest } from '../detector.js';
import { runEnd } from './token-signs.rules.js';

/** The signs of a token without an end of its own: all that follow each other, but dots at the end. */
export class SignRun implements Rest {
  end: number;
  isOver = false;
  /** Where what comes next stands. */
  private at: number;

  /** @param from where the token begins: places are told from there on. */
  constructor(from: number) {
    this.end = from;
    this.at = from;
  }

  take(text: string, isWhole: boolean): void {
    if (this.isOver) return;
    const end = runEnd(text, 0, 'dotted', text.length);
    let last = end;
    while (last > 0 && text[last - 1] === '.') last -= 1;
    if (last > 0) this.end = this.at + last;
    this.at += text.length;
    this.isOver = isWhole || end < text.length;
  }
}
