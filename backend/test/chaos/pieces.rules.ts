/**
 * Cuts a body into beginnings of the texts, in their order. A text may have been cut to nothing.
 * @returns the length of each piece; undefined when it is not made of them.
 */
export function pieces(body: string, texts: readonly string[]): number[] | undefined {
  const [text, ...rest] = texts;
  if (text === undefined) return body === '' ? [] : undefined;
  let most = 0;
  while (most < text.length && text[most] === body[most]) most += 1;
  for (let length = most; length >= 0; length -= 1) {
    const others = pieces(body.slice(length), rest);
    if (others) return [length, ...others];
    if (rest.length === 0) return undefined;
  }
  return undefined;
}
