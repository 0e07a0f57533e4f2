import { storableText } from './storable-text.rules.js';

/** Longest instructions, in UTF-16 units: they are sent with every prompt, and paid for each time. */
const LONGEST_INSTRUCTIONS = 4000;

/** How somebody wants to be answered; null and no words are no instructions. */
export const instructionsField = storableText().trim().max(LONGEST_INSTRUCTIONS).nullable();
