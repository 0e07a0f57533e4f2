/**
 * Where to go after signing in. Only a path of this app is followed: `//evil.test`, `/\evil.test`
 * and full addresses lead home instead.
 */
export function nextPage(wanted: string | null): string {
  return wanted && /^\/(?![/\\])/.test(wanted) && !/^\/(sign-in|setup)/.test(wanted) ? wanted : '/';
}
