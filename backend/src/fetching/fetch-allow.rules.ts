import type { OpenedSite } from '../config/opened-sites.rules.js';
import { hostOf } from './address.rules.js';

/** Whether an operator opened this address (`FETCH_ALLOW`). */
export function isOpened(url: URL, sites: readonly OpenedSite[]): boolean {
  const host = hostOf(url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return sites.some(
    (site) =>
      (site.below ? host.endsWith(`.${site.host}`) : host === site.host) &&
      (site.port === null || site.port === port),
  );
}
