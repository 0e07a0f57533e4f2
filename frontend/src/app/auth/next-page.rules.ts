/**
 * Where to go after signing in. Only a path of this app is followed: `//evil.test`, `/\evil.test`
 * and full addresses lead home instead.
 */
export function nextPage(wanted: string | null): string {
  return wanted &&
    /^\/(?![/\\])/.test(wanted) &&
    !/^\/(sign-in|setup|new-password|unreachable)/.test(wanted)
    ? wanted
    : '/';
}

/** The query that keeps, on the way through another page, where the person wanted to go. */
export const keepNext = (wanted: string): { next?: string } =>
  nextPage(wanted) === '/' ? {} : { next: wanted };
