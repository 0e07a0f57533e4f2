import { hostOf } from './address.rules.js';

/** An internal site that an operator opened: a host, or all below it, at one port or at any. */
export interface OpenedSite {
  readonly host: string;
  readonly below: boolean;
  readonly port: string | null;
}

const SITE =
  /^(?<below>\*\.)?(?<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::(?<port>\d{1,5}))?$/;

/**
 * Reads `FETCH_ALLOW`: hosts with commas between, such as `wiki.example.com.br`,
 * `*.corp.example.com` (all below it, not it) or `10.0.0.7:8080`.
 * @returns undefined where a part is none of these.
 */
export function parseAllowed(setting: string): readonly OpenedSite[] | undefined {
  const parts = setting
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
  const sites = parts.map((part) => SITE.exec(part)?.groups);
  return sites.every((groups) => groups !== undefined)
    ? sites.map(({ below, host = '', port }) => ({
        host: host.replace(/^\[|\]$/g, ''),
        below: below !== undefined,
        port: port ?? null,
      }))
    : undefined;
}

/** Whether an operator opened this address. */
export function isOpened(url: URL, sites: readonly OpenedSite[]): boolean {
  const host = hostOf(url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return sites.some(
    (site) =>
      (site.below ? host.endsWith(`.${site.host}`) : host === site.host) &&
      (site.port === null || site.port === port),
  );
}
