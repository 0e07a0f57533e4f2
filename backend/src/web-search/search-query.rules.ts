import { ENGLISH_STOP_WORDS, fold, PORTUGUESE_STOP_WORDS } from '#db';
import type { GuardedPrompt } from '../guardrails/guarded.js';

/** Longest query that is sent out, in UTF-16 units; Brave takes 400, DuckDuckGo 499. */
export const LONGEST_QUERY = 300;
/** Most words; Brave takes 50. */
const MOST_WORDS = 40;

/** What is said to be polite, or to the one who is asked; it is not what is looked for. */
const COURTESY = [
  ...['oi+', 'ol[aá]', 'opa', 'e a[ií]', 'bom dia', 'boa tarde', 'boa noite', 'tudo bem'],
  ...['por favor', 'por gentileza', 'muito obrigad[oa]', 'obrigad[oa]', 'valeu', 'prosa'],
  '(?:voc[eê] |vc )?(?:pode(?:ria)?|consegue) (?:me )?(?:dizer|contar|explicar|informar|ajudar a saber)',
  '(?:eu )?(?:gostaria|queria|quero|preciso) (?:de )?(?:saber|descobrir)',
  '(?:me )?(?:diga|diz|conte|conta|explique|explica|fala|fale)(?: pra mim| para mim)?',
  '(?:pesquis[ae]r?|procur[ae]r?|busc[ao]r?|busque|veja|olhe) (?:n[ao]|pel[ao]) (?:web|internet|google|rede)(?: (?:por|sobre))?',
  ...['hello', 'hi', 'hey', 'good (?:morning|afternoon|evening)', 'please', 'kindly'],
  ...['thanks(?: a lot)?', 'thank you(?: very much)?'],
  '(?:can|could|would|will) you (?:please )?(?:tell|explain to|help) me',
  "(?:i(?:'| woul)d like|i want|i need) to know",
  '(?:please )?tell me',
  '(?:search|look|browse)(?: up)?(?: (?:on|in|at))? (?:the )?(?:web|internet|google|online)(?: for| about)?',
];
const POLITE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${COURTESY.join('|')})(?![\\p{L}\\p{N}])[\\s,;:.!]*`,
  'giu',
);

const CODE = /```[^]*?(?:```|$)/g;
/** `!g` and `!bang` would send a search on to another site. */
const BANG = /(^|\s)!+(?=\S)/g;

/**
 * What a search engine is asked for a prompt: one line without courtesy, code and marks; of a long
 * one the question that it asks, else its first words that say something. Names and numbers stay.
 * @returns an empty text where nothing is left to look for.
 */
export function searchQueryOf(prompt: GuardedPrompt): string {
  const plain = prompt.replace(CODE, ' ').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  const bare = plain.replace(POLITE, ' ');
  // Of nothing but courtesy, the courtesy is what is asked.
  const asked = trimmed(bare) === '' ? plain : bare;
  return withinLimits(trimmed(asked)) ? trimmed(asked) : shortened(asked.trim());
}

/** What says nothing at the beginning or the end of a query. */
const EDGE = /[\s,;:.!?¿¡\-–—]/u;

/** From its edges inwards: a pattern would look through a long line of dashes from each of them. */
function trimmed(text: string): string {
  const line = text.replace(BANG, '$1').replace(/\s+/g, ' ');
  let [from, to] = [0, line.length];
  while (from < to && EDGE.test(line[from] ?? '')) from += 1;
  while (to > from && EDGE.test(line[to - 1] ?? '')) to -= 1;
  return line.slice(from, to);
}

const wordsIn = (text: string): string[] => text.split(' ').filter(Boolean);

const withinLimits = (text: string): boolean =>
  text.length <= LONGEST_QUERY && wordsIn(text).length <= MOST_WORDS;

function shortened(text: string): string {
  const sentences = text.split(/(?<=[.!?])\s+/u);
  // What is pasted comes before or after its question; the last question is the one to answer.
  const question = sentences.filter((sentence) => sentence.endsWith('?')).at(-1);
  if (question !== undefined && withinLimits(trimmed(question))) return trimmed(question);
  const short: string[] = [];
  let length = 0;
  for (const word of wordsIn(question ?? text)) {
    const bare = fold(word).replace(/[^\p{L}\p{N}]/gu, '');
    if (bare === '' || PORTUGUESE_STOP_WORDS.has(bare) || ENGLISH_STOP_WORDS.has(bare)) continue;
    length += word.length + 1;
    if (length > LONGEST_QUERY || short.length >= MOST_WORDS) break;
    short.push(word);
  }
  return trimmed(short.length > 0 ? short.join(' ') : text.slice(0, LONGEST_QUERY));
}
