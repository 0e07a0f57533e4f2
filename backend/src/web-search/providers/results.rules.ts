import { z } from 'zod';
import type { WebResult } from './web-provider.js';

/** Most results that are looked at. */
const MOST_RESULTS = 20;
const LONGEST_TITLE = 255;
const LONGEST_SNIPPET = 1000;
const LONGEST_ADDRESS = 2048;

/** Providers mark the words that were looked for, and write some characters as HTML does. */
const TAG = /<\/?[a-z][^<>]{0,200}>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** A result as a provider may write it; what is not so is left out, and the others stay. */
const written = z.object({
  url: z.string().max(LONGEST_ADDRESS),
  title: z.string().nullish(),
  snippet: z.string().nullish(),
  date: z.string().nullish(),
});

export type WrittenResult = Record<keyof z.infer<typeof written>, unknown>;

/** The results that can be used of those that a provider wrote. */
export function resultsOf(list: readonly WrittenResult[], now: Date): WebResult[] {
  return list.slice(0, MOST_RESULTS).flatMap((each) => {
    const { data } = written.safeParse(each);
    const url = data && URL.parse(data.url);
    if (!url || !['http:', 'https:'].includes(url.protocol)) return [];
    return [
      {
        url: url.href,
        title: plain(data.title ?? '', LONGEST_TITLE) || url.hostname,
        snippet: plain(data.snippet ?? '', LONGEST_SNIPPET),
        publishedAt: dateOf(data.date ?? '', now),
      },
    ];
  });
}

const plain = (text: string, longest: number): string =>
  text
    .slice(0, longest * 2)
    .replace(TAG, '')
    .replace(/&(?:amp|lt|gt|quot|nbsp|#x27|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replaceAll('](', '] (')
    .trim()
    .slice(0, longest);

function dateOf(text: string, now: Date): Date | null {
  const time = text === '' ? NaN : Date.parse(text);
  return time > 0 && time <= now.getTime() + 24 * 3_600_000 ? new Date(time) : null;
}
