import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FetchFailure } from './fetch-failure.js';

/** Longer ones are no addresses of pages; browsers and servers end at about this length. */
const LONGEST_ADDRESS = 2048;

/** What parsers disagree on: spaces and control characters within, and backslashes. */
const AMBIGUOUS = /[\s\p{Cc}\p{Cf}\\]/u;

/** IPv6 that carries an IPv4 address and is taken for unicast: NAT64 (RFC 8215), RFC 4291, 2.5.5.1. */
const CARRIERS = [ipaddr.IPv6.parseCIDR('64:ff9b:1::/48'), ipaddr.IPv6.parseCIDR('::/96')];

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

/**
 * Whether an IP address is one of the public internet's. Everything that the registries of special
 * addresses (RFC 6890) name is not, in whatever spelling: loopback, private, link-local (the
 * metadata of clouds), shared, unique-local, multicast, and IPv4 inside IPv6.
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) {
    return false;
  }
  const parsed = ipaddr.process(address);
  return (
    parsed.range() === 'unicast' &&
    !(parsed instanceof ipaddr.IPv6 && CARRIERS.some((range) => parsed.match(range)))
  );
}

/**
 * Whether an address answers with what only the machine itself should see: the metadata services of
 * clouds stand on link-local addresses, and on one unique-local of AWS. No setting opens these.
 */
export function isNeverOpened(address: string): boolean {
  const parsed = ipaddr.process(address);
  return (
    parsed.range() === 'linkLocal' ||
    (parsed instanceof ipaddr.IPv6 && parsed.match(ipaddr.IPv6.parseCIDR('fd00:ec2::/32')))
  );
}
