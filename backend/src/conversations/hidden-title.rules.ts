import { MaskedText } from '../guardrails/masking/masked-text.js';
import { placesOf } from '../guardrails/masking/value-places.rules.js';

/** Of the column, in characters. */
const LONGEST_STORED_TITLE = 255;

/**
 * A title with placeholders in the places of values: of values that overlap the one that begins
 * first, and of those the longest. What a placeholder makes too long to be stored is cut off.
 * @param values by their placeholders.
 */
export function hiddenIn(title: string, values: ReadonlyMap<string, string>): string {
  const spans = [...values].flatMap(([text, value]) =>
    placesOf(title, value).map((start) => ({ start, end: start + value.length, by: { text } })),
  );
  const hidden = new MaskedText<string>(title, spans).with(({ value }) => value);
  return hidden.length <= LONGEST_STORED_TITLE
    ? hidden
    : hidden.slice(0, LONGEST_STORED_TITLE).replace(HALF_PLACEHOLDER, '');
}

const HALF_PLACEHOLDER = /\[[A-Z_]{0,32}\d{0,6}$|[\ud800-\udbff]$/;
