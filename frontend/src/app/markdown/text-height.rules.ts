/** Characters in a line of an answer, at the measure of a desk and of a phone alike: a guess. */
const LINE_CHARACTERS = 70;
const LINE_PX = 28;

/** A first guess of how high a text of so many characters will be, in pixels. */
export function textHeight(characters: number): number {
  return Math.ceil(characters / LINE_CHARACTERS) * LINE_PX;
}
