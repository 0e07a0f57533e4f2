/**
 * `picture` is fetched as soon as it is shown; a `definition` may be what a picture is fetched from;
 * a `link` only where somebody follows it.
 */
export type Use = 'picture' | 'definition' | 'link';

/** Stands for the page that an address is relative to. */
const OWN_HOST = 'own.invalid';
const OWN_PAGE = `https://${OWN_HOST}/a/b`;

const FETCHED = new Set(['http:', 'https:', 'ftp:', 'ws:', 'wss:']);
const HARMLESS = new Set(['mailto:', 'tel:', 'sms:']);
const CODE = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'filesystem:']);

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,7}));?/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  bsol: '\\',
  colon: ':',
  commat: '@',
  equals: '=',
  excl: '!',
  gt: '>',
  hyphen: '-',
  lbrack: '[',
  lowbar: '_',
  lpar: '(',
  lsqb: '[',
  lt: '<',
  newline: '',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  rpar: ')',
  rsqb: ']',
  semi: ';',
  sol: '/',
  tab: '',
};
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
// eslint-disable-next-line no-control-regex -- browsers leave them out of an address
const LEFT_OUT = /[\s\u0000-\u0020\p{Cf}]/gu;

/** @param isKnown whether a host may be shown and linked. */
export function isRefused(written: string, use: Use, isKnown: (host: string) => boolean): boolean {
  return readings(written).some((address) => isReadingRefused(address, use, isKnown));
}

/** What programs may take an address for: one undoes escapes, another decodes it once more. */
function readings(written: string): string[] {
  const plain = withoutEntities(written).replace(LEFT_OUT, '');
  const all = new Set([plain, plain.replace(ESCAPED, '$1'), plain.normalize('NFKC')]);
  if (plain.includes('%')) all.add(percentDecoded(plain));
  return [...all];
}

const withoutEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(ENTITY, (whole, decimal: string, hex: string, name: string) => {
        if (name) return NAMED[name.toLowerCase()] ?? whole;
        const point = decimal ? Number(decimal) : Number.parseInt(hex, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      })
    : text;

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([2-7][\da-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

function isReadingRefused(address: string, use: Use, isKnown: (host: string) => boolean): boolean {
  const url = URL.parse(address, OWN_PAGE);
  // No browser fetches it; who mends it may.
  if (!url)
    return /^(?:[a-z+.-]+:)?[/\\]{2}/i.test(address) && (use !== 'link' || /[?#@]/.test(address));
  if (FETCHED.has(url.protocol)) {
    if (url.hostname === OWN_HOST || isKnown(url.hostname)) return false;
    return use !== 'link' || carriesData(url);
  }
  if (CODE.has(url.protocol)) return true;
  if (use === 'picture') return true;
  if (HARMLESS.has(url.protocol)) return url.search !== '' || url.hash !== '';
  return url.search !== '' || url.hash !== '' || address.includes('//');
}

const LONGEST_PATH = 140;
const LONGEST_SEGMENT = 80;
const LONGEST_HOST = 64;
const LONGEST_LABEL = 24;
const MOST_LABELS = 5;
const MOST_WORDS = 12;
/** The computer of whoever reads: what is sent there leaves nothing. */
const HERE = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** Whether following an address tells its host more than that it was followed. */
export function carriesData(url: URL): boolean {
  const { hostname } = url;
  if (url.username !== '' || url.password !== '') return true;
  if (HERE.test(hostname)) return false;
  if (url.search !== '' || url.hash !== '') return true;
  return isHostStrange(hostname) || isPathStrange(url.pathname);
}

function isHostStrange(host: string): boolean {
  // An address in numbers names nobody.
  if (/^[\d.]+$|^\[/.test(host)) return true;
  const labels = host.replace(/\.$/, '').split('.');
  return (
    host.length > LONGEST_HOST ||
    labels.length > MOST_LABELS ||
    labels.some(
      (label) => !label.startsWith('xn--') && (label.length > LONGEST_LABEL || isToken(label)),
    )
  );
}

function isPathStrange(path: string): boolean {
  const read = percentDecoded(path);
  // Accents and the like are ordinary; what a path has no need for, encoded or not, is not.
  if (/%[\da-f]{2}/i.test(read) || !/^[\p{L}\p{M}\p{N}\-._~/,:()'!–]*$/u.test(read)) return true;
  if (read.length > LONGEST_PATH) return true;
  return read.split('/').some((segment) => isSegmentStrange(segment));
}

function isSegmentStrange(segment: string): boolean {
  if (segment.length > LONGEST_SEGMENT) return true;
  const words = segment.split(/[-_.~,:()'!–]+/).filter((word) => word !== '');
  return words.length > MOST_WORDS || words.some((word) => isToken(word)) || hasNumber(segment);
}

/** Digits enough for a document, a card or a telephone, whatever divides them. */
const hasNumber = (segment: string): boolean =>
  /\d{9}/.test(segment) ||
  (segment.match(/\d/g)?.length ?? 0) > 14 ||
  /\d{3}[.-]\d{3}[.-]\d{3}/.test(segment);

/** A word that is no word: encoded, encrypted, a key. */
function isToken(word: string): boolean {
  if (word.length < 10) return false;
  const digits = word.match(/\d/g)?.length ?? 0;
  const isMixed = /\d\p{L}+\d|\p{L}\d+\p{L}/u.test(word) && digits > 1;
  const turns = word.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  return (
    word.length > 32 ||
    isMixed ||
    turns > 3 ||
    /^[\da-f]{12,}$/i.test(word) ||
    (turns > 0 && digits > 0)
  );
}
