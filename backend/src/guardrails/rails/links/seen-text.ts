import { TextReader, type TextView } from '../text-view.js';

/** Characters nobody sees: a browser or a reader takes an address to be without them. */
const UNSEEN = /\u034f|[\p{Cf}\u115f\u1160\u3164\uffa0]|[\ufe00-\ufe0f]/u;

const reader = new TextReader({
  sign: (character) => (UNSEEN.test(character) ? '' : undefined),
  mostUnseen: Infinity,
});

/** Whether a unit is, or may be half of, a character nobody sees. */
export const isUnseen = (unit: number): boolean => reader.isUnseen(unit);

/** A text without the characters nobody sees, and where the others stand in it. */
export const seenText = (text: string): TextView => reader.view(text);
