import { inject } from '@angular/core';
import { Router, type CanActivateFn, type UrlTree } from '@angular/router';
import { keepNext, nextPage } from './next-page.rules';
import { SessionStore } from './session-store';

/** Where somebody belongs who may not see the page they asked for; null when they may. */
function elsewhere(session: SessionStore, router: Router, wanted: string): UrlTree | null {
  if (session.status() === 'unreachable') return router.parseUrl('/unreachable');
  if (session.setupState().needed) return router.parseUrl('/setup');
  if (!session.user()) {
    return router.createUrlTree(['/sign-in'], { queryParams: keepNext(wanted) });
  }
  if (!session.user()?.mustChangePassword) return null;
  return router.createUrlTree(['/new-password'], { queryParams: keepNext(wanted) });
}

/** Pages of the app itself: signed in, and with a password of one's own. */
export const signedInGuard: CanActivateFn = async (_, state) => {
  const session = inject(SessionStore);
  const router = inject(Router);
  await session.start();
  return elsewhere(session, router, state.url) ?? true;
};

/** Sign-in: only while signed out. */
export const signedOutGuard: CanActivateFn = async () => {
  const session = inject(SessionStore);
  const router = inject(Router);
  await session.start();
  if (session.user()) return router.parseUrl('/');
  return session.setupState().needed ? router.parseUrl('/setup') : true;
};

/** The first run: only while there is no administrator. */
export const setupGuard: CanActivateFn = async () => {
  const session = inject(SessionStore);
  const router = inject(Router);
  await session.start();
  return session.setupState().needed ? true : router.parseUrl('/');
};

/** The forced change: only for those who must; others are where they wanted to go. */
export const mustChangePasswordGuard: CanActivateFn = async ({ queryParamMap }) => {
  const session = inject(SessionStore);
  const router = inject(Router);
  await session.start();
  if (session.user()?.mustChangePassword) return true;
  return router.parseUrl(nextPage(queryParamMap.get('next')));
};

/** Pages for administrators; others are led home, as if there were no such page. */
export const administratorGuard: CanActivateFn = async () => {
  const session = inject(SessionStore);
  const router = inject(Router);
  await session.start();
  return session.isAdministrator() ? true : router.parseUrl('/');
};
