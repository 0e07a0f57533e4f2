import type { PageDocument } from './page-node.js';

/** Where pages say when they were published, the plainest first. */
const META = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'datepublished',
  'date.issued',
  'dcterms.created',
  'dcterms.issued',
  'dc.date.issued',
  'dcterms.date',
  'dc.date',
  'parsely-pub-date',
  'sailthru.date',
  'citation_publication_date',
  'citation_date',
  'pubdate',
  'publishdate',
  'publish-date',
  'publication_date',
  'date',
];

/** The web is younger: an earlier date is that of something else. */
const EARLIEST = Date.UTC(1990, 0, 1);
/** Clocks differ, and the farthest zone is 14 hours ahead. */
const AHEAD_MS = 24 * 3_600_000;

/** Most of a page's descriptions of itself that are read, in UTF-16 units. */
const LONGEST_DESCRIPTION = 200_000;
const DEEPEST = 6;

/**
 * When a page says that it was published.
 * @returns null where it does not say, or nothing that can be true.
 */
export function publishedAt(document: PageDocument, now: Date): Date | null {
  for (const written of candidates(document)) {
    const date = dateOf(written, now);
    if (date) return date;
  }
  return null;
}

function* candidates(document: PageDocument): Generator<string> {
  const metas = new Map<string, string>();
  for (const meta of Array.from(document.querySelectorAll('meta'))) {
    const name = ['property', 'name', 'itemprop'].map((key) => meta.getAttribute(key));
    const key = name.find((each) => each !== null && each !== '')?.toLowerCase();
    const content = meta.getAttribute('content');
    if (key !== undefined && content !== null && !metas.has(key)) metas.set(key, content);
  }
  for (const script of Array.from(document.querySelectorAll('script'))) {
    if (/\bld\+json\b/i.test(script.getAttribute('type') ?? '')) {
      yield* described(script.textContent ?? '');
    }
  }
  for (const name of META) {
    const content = metas.get(name);
    if (content !== undefined) yield content;
  }
  for (const time of Array.from(document.querySelectorAll('time'))) {
    const written = time.getAttribute('datetime');
    if (written !== null) yield written;
  }
}

/** The `datePublished` of a page's description of itself (schema.org as JSON-LD). */
function described(json: string): string[] {
  try {
    return json.length > LONGEST_DESCRIPTION ? [] : datesIn(JSON.parse(json), 0);
  } catch {
    return [];
  }
}

function datesIn(value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((each) => datesIn(each, depth + 1));
  const own = (value as Record<string, unknown>)['datePublished'];
  const graph = (value as Record<string, unknown>)['@graph'];
  return [...(typeof own === 'string' ? [own] : []), ...datesIn(graph, depth + 1)];
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
/** `20261121`, as libraries write it. */
const COMPACT = /^(\d{4})[/]?(\d{2})[/]?(\d{2})$/;
/** `Sat, 21 Nov 2026 10:00:00 GMT` and the like: the month as a word cannot be read two ways. */
const WORDY = /^[a-z]{3,9},? .*\d{4}/i;

function dateOf(written: string, now: Date): Date | null {
  const text = written.trim().slice(0, 64);
  const [, year = '', month = '', day = ''] = COMPACT.exec(text) ?? [];
  const iso = year === '' ? text : `${year}-${month}-${day}`;
  if (!ISO.test(iso) && !WORDY.test(iso)) return null;
  // Without a zone: the server's would be as wrong as any other.
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(iso) || !ISO.test(iso) || iso.length === 10;
  const time = Date.parse(zoned ? iso : `${iso.replace(' ', 'T')}Z`);
  return time >= EARLIEST && time <= now.getTime() + AHEAD_MS ? new Date(time) : null;
}
