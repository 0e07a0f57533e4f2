import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FetchFailure } from './fetch-failure.js';

/** Longer ones are no addresses of pages; browsers and servers end at about this length. */
const LONGEST_ADDRESS = 2048;

/** What parsers disagree on: spaces and control characters within, and backslashes. */
const AMBIGUOUS = /[\s\p{Cc}\p{Cf}\\]/u;

/** All that is given out for public use of IPv6 (RFC 4291, section 2.4, and IANA's registry). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Where clouds tell a machine about itself, its credentials included: link-local addresses, and
 * these of Azure, Alibaba, Oracle, AWS (the last two ranges also Google).
 */
const METADATA = ['168.63.129.16/32', '100.100.100.200/32', '192.0.0.192/32'].map((range) =>
  ipaddr.IPv4.parseCIDR(range),
);
const METADATA_IPV6 = ['fd00:ec2::/32', 'fd20:ce::/32'].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
);

/** Pages stand at these ports, and at those that any program may take; the rest is for others. */
const PORTS_OF_PAGES = ['', '80', '443'];
const FIRST_FREE_PORT = 1024;

/**
 * The one reading of an address that a person, a model, a document or a page named. Whatever is
 * decided about it and whatever is connected to is taken from this object (CVE-2026-45400: a check
 * and a client that parse by themselves disagree).
 * @throws {FetchFailure} `address`
 */
export function parseAddress(text: string, base?: URL): URL {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_ADDRESS || AMBIGUOUS.test(trimmed)) {
    throw new FetchFailure('address', 'too long, or holds spaces, control characters or \\');
  }
  const url = URL.parse(trimmed, base?.href);
  if (!url) {
    throw new FetchFailure('address', 'not an address');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchFailure('address', `not of the web: ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchFailure('address', 'carries a name or a password');
  }
  url.hash = '';
  return url;
}

/** The host of an address as it is looked up: no brackets, no dot at the end, lower case. */
export const hostOf = ({ hostname }: URL): string =>
  hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');

/** Whether a page may stand at this port: mail, files, logins and the like stand at others. */
export const isPortOfPages = ({ port }: URL): boolean =>
  PORTS_OF_PAGES.includes(port) || Number(port) >= FIRST_FREE_PORT;

/**
 * Whether an address is one of the public Internet. What the registry of special-purpose
 * addresses (RFC 6890) names is not, in whatever spelling: loopback, private, link-local (the
 * metadata of clouds), shared, unique-local, multicast, and IPv4 inside IPv6.
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0 || isNeverOpened(address)) {
    return false;
  }
  const parsed = ipaddr.process(address);
  return (
    parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6))
  );
}

/**
 * Whether an address answers with what only the machine itself should see, such as the metadata
 * services of clouds, or is none at all. No setting opens these.
 */
export function isNeverOpened(address: string): boolean {
  if (isIP(address) === 0) {
    return true;
  }
  const parsed = ipaddr.process(address);
  return (
    parsed.range() === 'linkLocal' ||
    (parsed instanceof ipaddr.IPv4
      ? METADATA.some((range) => parsed.match(range))
      : METADATA_IPV6.some((range) => parsed.match(range)))
  );
}
