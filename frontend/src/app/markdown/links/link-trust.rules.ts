/** Where an answer's links may lead without being asked about first. */
export interface LinkOrigins {
  /** All that the person wrote for this answer. */
  readonly question: string;
  /** Addresses of the answer's sources. */
  readonly sources: readonly string[];
}

/** `LinkOrigins`, ready to be looked up. */
export interface KnownAddresses {
  /** Whole addresses, as `URL` writes them. */
  readonly addresses: ReadonlySet<string>;
  /** Names of sites, as `siteOf` writes them. */
  readonly sites: ReadonlySet<string>;
  /** Prosa itself. */
  readonly own: string;
}

/**
 * Why a link is not opened at once. `stranger`: its site is neither Prosa, nor in the question, nor a
 * source. `payload`: it could carry off much of what was said. `letters`: its site's name is written
 * with letters that may pass for others. `before-host`: it begins with a name that is not its site's.
 */
export type LinkDoubt = 'stranger' | 'payload' | 'letters' | 'before-host';

/** What a link leads to, and what speaks against opening it at once: nothing, if that is empty. */
export interface JudgedLink {
  readonly address: string;
  readonly doubts: readonly LinkDoubt[];
}

/** An address in three, so that its site can be shown for what it is. */
export interface AddressParts {
  readonly before: string;
  readonly host: string;
  readonly after: string;
}

/** Paths of pages that people write: date, section and a title. No source: our judgement. */
const MOST_PATH_CHARACTERS = 64;
/** What follows `?` and `#`: a page's number, a name of a section. */
const MOST_CHARACTERS_AFTER = 16;
/** A run of letters and digits longer than this is no word. */
const LONGEST_WORD = 20;
/** The longest name a site can have (RFC 1035). */
const LONGEST_HOST = 253;

const BETWEEN_ADDRESSES = /[\s<>"'`|]+/;
const BETWEEN_HOSTS = /[^\p{L}\p{N}.:-]+/u;
const END_OF_SENTENCE = /[.,;:!?)\]}*_~]{1,20}$/;
const HOST = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d{1,5})?$/u;

/** Whether the same addresses are known by both. */
export function sameOrigins(a: LinkOrigins, b: LinkOrigins): boolean {
  return (
    a.question === b.question &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, i) => source === b.sources[i])
  );
}

/**
 * Reads the origins, in time proportional to their length.
 * @param own Prosa itself, as `location.origin` has it
 */
export function knownAddresses({ question, sources }: LinkOrigins, own: string): KnownAddresses {
  const urls = [...sources, ...addressesIn(question)]
    .map((text) => urlOf(text))
    .filter((url): url is URL => url !== null);
  return {
    addresses: new Set(urls.map(({ href }) => href)),
    sites: new Set([...urls.map(siteOf), ...hostsIn(question)].filter(Boolean)),
    own,
  };
}

/**
 * Judges where a link of an answer leads. What a page or a document told a model to write there may
 * carry off what was said: only an address that is known as it stands, or a short one at a site that
 * is known, has no doubt against it.
 * @returns null where it leads nowhere on the web and to no mailbox
 */
export function judgeLink(href: string, known: KnownAddresses): JudgedLink | null {
  const url = urlOf(href);
  if (!url) return null;
  const isKnown = known.addresses.has(url.href);
  const site = siteOf(url);
  const isStranger = !isKnown && url.origin !== known.own && !known.sites.has(site);
  const doubts: LinkDoubt[] = [];
  if (url.username || url.password) doubts.push('before-host');
  if (isStranger) doubts.push('stranger');
  if (isStranger && /(?:^|\.)xn--/.test(site)) doubts.push('letters');
  if (!isKnown && url.origin !== known.own && mayCarryOff(url)) doubts.push('payload');
  return { address: url.href, doubts };
}

/**
 * Cuts an address around its site; of a mailbox's, around what follows the `@`.
 * @param address as `JudgedLink` has it
 */
export function partsOf(address: string): AddressParts {
  const url = urlOf(address);
  const [from, to] = url ? placeOfHost(url) : [0, 0];
  return {
    before: address.slice(0, from),
    host: address.slice(from, to),
    after: address.slice(to),
  };
}

function placeOfHost({ protocol, href, host }: URL): [number, number] {
  if (protocol === 'mailto:') {
    const end = href.search(/[?#]/);
    const to = end < 0 ? href.length : end;
    return [Math.max(protocol.length, href.lastIndexOf('@', to) + 1), to];
  }
  const to = href.indexOf('/', protocol.length + '//'.length);
  return [to - host.length, to];
}

/** A site's name or a mailbox's domain; `www.` and a dot at the end make no other site of it. */
function siteOf(url: URL): string {
  const [from, to] = placeOfHost(url);
  return url.href
    .slice(from, to)
    .toLowerCase()
    .replace(/\.(?=$|:)/, '')
    .replace(/^www\./, '');
}

function mayCarryOff({ protocol, pathname, search, hash }: URL): boolean {
  const after = search.length + hash.length;
  // One mailbox, and no text that somebody else wrote.
  if (protocol === 'mailto:') return after > 0 || /[,;%]/.test(pathname);
  return (
    after > MOST_CHARACTERS_AFTER ||
    pathname.length > MOST_PATH_CHARACTERS ||
    readable(pathname + search + hash)
      .split(/[^\p{L}\p{N}]+/u)
      .some((word) => word.length > LONGEST_WORD)
  );
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Null for what is neither on the web nor a mailbox. */
function urlOf(text: string): URL | null {
  try {
    const url = new URL(text);
    return /^(?:https?|mailto):$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function addressesIn(text: string): string[] {
  const addresses: string[] = [];
  for (const word of text.split(BETWEEN_ADDRESSES)) {
    const from = word.search(/https?:\/\//i);
    if (from >= 0) addresses.push(word.slice(from).replace(END_OF_SENTENCE, ''));
  }
  return addresses;
}

/** Names of sites that stand in a text by themselves, of mailboxes too. */
function hostsIn(text: string): string[] {
  const hosts: string[] = [];
  for (const word of text.split(BETWEEN_HOSTS)) {
    const host = word.length > LONGEST_HOST ? '' : word.replace(/[.:-]{1,20}$/, '');
    const url = HOST.test(host) ? urlOf(`https://${host}`) : null;
    if (url) hosts.push(siteOf(url));
  }
  return hosts;
}
