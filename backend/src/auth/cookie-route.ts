import { applyDecorators, SetMetadata } from '@nestjs/common';

export const SITE_CHECK = Symbol('SITE_CHECK');
export const OPTIONAL_CALLER = Symbol('OPTIONAL_CALLER');

/** How sure a route wants to be that no other site made the browser call it. */
export type SiteCheck = 'when-told' | 'always' | 'without-token';

/** Takes credentials in the body: refused when the browser says that another site asks. */
export const SameSiteRoute = () => SetMetadata(SITE_CHECK, 'when-told' satisfies SiteCheck);

/** Acts on the cookie alone: refused unless the browser names our own site. */
export const CookieRoute = () => SetMetadata(SITE_CHECK, 'always' satisfies SiteCheck);

/** Acts on the bearer token or else the cookie; the site matters only for the cookie. */
export const TokenOrCookieRoute = () =>
  applyDecorators(
    SetMetadata(SITE_CHECK, 'without-token' satisfies SiteCheck),
    SetMetadata(OPTIONAL_CALLER, true),
  );
