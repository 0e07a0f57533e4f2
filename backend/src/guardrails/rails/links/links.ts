import { NOT_SURE } from '../detector.js';
import type { Finding, OutputContext } from '../local-rails.js';
import { NOTHING, type Scanned, type ScanningDetector } from '../scanning-detector.js';
import { beginsLink, LinkScan, LONGEST_LINK } from './link-scan.js';
import { seenText } from './seen-text.js';

/** What is found is always the address. */
export const LINK_RULE = 'address';

/** Finds pictures and links by which an answer could carry data away. */
export class Links implements ScanningDetector {
  readonly before = 0;
  readonly after = 16;
  readonly longest = LONGEST_LINK + 100;
  private readonly known: ReadonlySet<string>;
  private readonly below: readonly string[];

  /** @param allow hosts of the policy, `*.host` for all below one. */
  constructor(allow: readonly string[], context: OutputContext) {
    this.known = new Set(
      [...allow.filter((host) => !host.startsWith('*.')), ...(context.hosts ?? [])].map(plainHost),
    );
    this.below = allow
      .filter((host) => host.startsWith('*.'))
      .map((host) => plainHost(host.slice(2)));
  }

  find(text: string): readonly Finding[] {
    return this.scan(text).findings;
  }

  open(text: string): number {
    return this.scan(text).open;
  }

  glance(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) if (beginsLink(text, at)) return NOT_SURE;
    return text.length;
  }

  scan(text: string): Scanned {
    const seen = seenText(text);
    const { refused, open } = new LinkScan(seen.text, (index) => seen.at(index), this.isKnown);
    const findings = refused.map(({ start, end, hides }) => ({
      rail: 'links' as const,
      rule: LINK_RULE,
      start: seen.at(start),
      end: seen.at(end - 1) + 1,
      hides,
    }));
    return {
      findings: findings.length === 0 ? NOTHING : findings,
      open: open === seen.text.length ? text.length : seen.at(open),
    };
  }

  private readonly isKnown = (written: string): boolean => {
    const host = plainHost(written);
    return this.known.has(host) || this.below.some((parent) => host.endsWith(`.${parent}`));
  };
}

/** A host as it is compared: the one with `www.` and the one without are somebody's alike. */
function plainHost(written: string): string {
  const host = written
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');
  return URL.parse(`https://${host}`)?.hostname ?? host;
}
