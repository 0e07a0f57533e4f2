import type { ErrorCode } from '../platform/error-codes.js';

/** What a request says about where it comes from. */
export interface RequestSite {
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site` */
  readonly fetchSite: string | undefined;
  readonly contentType: string | undefined;
  /** The host, with its port, that it was sent to. */
  readonly host: string;
}

/** Where Prosa's own pages may be. */
export interface OwnSites {
  readonly publicUrl: string | undefined;
  readonly corsOrigins: readonly string[];
}

/**
 * Why a request is refused as another site's, if it is. A form can only send text or form data
 * across sites, and a page that sends JSON is held to its Origin.
 * @param originRequired for routes that act on a cookie.
 */
export function crossSiteProblem(
  request: RequestSite,
  own: OwnSites,
  originRequired: boolean,
): ErrorCode | undefined {
  const { origin, contentType } = request;
  if (contentType !== undefined && !/^application\/json\s*(;|$)/i.test(contentType)) {
    return 'REQUEST.UNSUPPORTED_MEDIA_TYPE';
  }
  if (origin === undefined) {
    const told = request.fetchSite === 'cross-site';
    return originRequired || told ? 'REQUEST.CROSS_SITE' : undefined;
  }
  if (own.corsOrigins.includes(origin)) {
    return undefined;
  }
  const ours = isOwn(origin, request.host, own.publicUrl) && request.fetchSite !== 'cross-site';
  return ours ? undefined : 'REQUEST.CROSS_SITE';
}

function isOwn(origin: string, host: string, publicUrl: string | undefined): boolean {
  const from = URL.parse(origin);
  const published = publicUrl === undefined ? null : URL.parse(publicUrl);
  if (from?.origin !== origin || !/^https?:$/.test(from.protocol)) {
    return false;
  }
  if (from.host === published?.host) {
    return from.protocol === published.protocol; // The http twin of an https site can be forged.
  }
  return from.host === host;
}
