// Counts tokens in a process of its own: the tables take 90 MB, which only its end gives back.
import { countablePieces, type Encoding } from './encoding.rules.js';
import type { CountAnswer, CountOrder } from './protocol.js';

type Count = (text: string) => number;

const encodings = new Map<Encoding, Promise<Count>>();

/** A text that names a special token is text all the same. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

async function load(encoding: Encoding): Promise<Count> {
  const { countTokens } = await (encoding === 'o200k_base'
    ? import('gpt-tokenizer/encoding/o200k_base')
    : import('gpt-tokenizer/encoding/cl100k_base'));
  return (text) => countTokens(text, AS_TEXT);
}

function countOf(encoding: Encoding): Promise<Count> {
  const loading = encodings.get(encoding) ?? load(encoding);
  encodings.set(encoding, loading);
  return loading;
}

process.on('message', ({ id, encoding, texts }: CountOrder) => {
  void countOf(encoding).then((count) => {
    const tokens = texts.map((text) =>
      countablePieces(text).reduce((sum, piece) => sum + count(piece), 0),
    );
    process.send?.({ id, tokens } satisfies CountAnswer);
  });
});
