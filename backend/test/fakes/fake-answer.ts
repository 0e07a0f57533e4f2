/**
 * What the fakes answer to a prompt, word by word: the text of a line `say: <text>`, exactly; the
 * string of a line `say-json: "<text>"`, which may have line breaks; else `You said: <prompt>`, so
 * that a test sees whether its prompt arrived.
 */
export function fakeAnswer(prompt: string): string[] {
  const json = /^say-json: ?(".*")$/m.exec(prompt)?.[1];
  const said =
    json === undefined
      ? (/^say: ?(.*)$/m.exec(prompt)?.[1] ?? `You said: ${prompt}`)
      : String(JSON.parse(json));
  return said.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? [said];
}
