import type { Turn } from '../e2e/long-thread.ts';

const WORDS =
  'a gente precisa conferir o relatório antes de enviar para o cliente porque os números de março não batem com a planilha da fazenda e o caminhão só chega na quinta depois da chuva se a estrada estiver boa'.split(
    ' ',
  );

/** So many words, other ones for each `seed`. */
function prose(seed: number, words: number): string {
  const text = Array.from({ length: words }, (_, n) => WORDS[(seed * 7 + n * 3) % WORDS.length]);
  return `${text.join(' ')}.`;
}

const bold = (seed: number): string => `**${prose(seed, 3)}** ${prose(seed + 1, 30)}`;

const list = (seed: number, items: number): string =>
  Array.from({ length: items }, (_, n) => `${String(n + 1)}. ${bold(seed + n)}`).join('\n');

const table = (seed: number, rows: number): string =>
  [
    '| Talhão | Área (ha) | Produção | Observação |',
    '|:---|---:|---:|---|',
    ...Array.from(
      { length: rows },
      (_, n) =>
        `| T-${String(seed % 97)}-${String(n)} | ${String((seed * n) % 320)} | ${String(seed + n)} | ${prose(seed + n, 6)} |`,
    ),
  ].join('\n');

const code = (seed: number, lines: number): string =>
  [
    '```typescript',
    ...Array.from(
      { length: lines },
      (_, n) =>
        `export const soma${String(n)} = (valores: number[]): number => valores.reduce((a, b) => a + b, ${String(seed)}); // linha ${String(n)}`,
    ),
    '```',
  ].join('\n');

const section = (seed: number): string =>
  [
    `## ${prose(seed, 4)}`,
    prose(seed, 60),
    `- ${bold(seed)}\n- ${bold(seed + 1)}\n  - ${prose(seed, 12)}`,
    `> ${prose(seed + 2, 25)}`,
    prose(seed + 3, 80),
  ].join('\n\n');

/** Kinds of answers as they come in a day's work, the short ones most often. */
const KINDS: readonly ((seed: number) => string)[] = [
  (seed) => prose(seed, 25),
  (seed) => `${prose(seed, 40)}\n\n${prose(seed + 1, 50)}`,
  (seed) => `${prose(seed, 30)}\n\n${list(seed, 5)}\n\n${prose(seed, 20)}`,
  (seed) => prose(seed, 70),
  (seed) => `${prose(seed, 20)}\n\n${table(seed, 8)}\n\n${prose(seed, 30)}`,
  (seed) => `${prose(seed, 15)}\n\n${code(seed, 25)}\n\n${prose(seed, 40)}`,
  (seed) => `${prose(seed, 35)} Veja \`total\` em [planilha](https://exemplo.com/p).`,
  (seed) => [1, 2, 3].map((n) => section(seed + n)).join('\n\n'),
  (seed) => `${prose(seed, 50)}\n\n${list(seed, 9)}`,
  (seed) => `${table(seed, 25)}\n\n${code(seed, 60)}`,
];

/** A turn of a conversation, the same for the same number. Every fiftieth answer has 20 kB. */
export function turn(n: number): Turn {
  const kind = KINDS[(n * 3) % KINDS.length];
  const body = n % 50 === 49 ? longAnswer(n, 20_000) : (kind?.(n) ?? '');
  return { prompt: `Pergunta ${String(n + 1)}: ${prose(n, 8 + (n % 20))}`, body };
}

/** An answer of that many characters, with a bit of everything. */
export function longAnswer(seed: number, characters: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let n = 0; length < characters; n += 1) {
    const part =
      n % 5 === 2 ? table(seed + n, 10) : n % 5 === 4 ? code(seed + n, 30) : section(seed + n);
    parts.push(part);
    length += part.length + 2;
  }
  return parts.join('\n\n').slice(0, characters);
}
