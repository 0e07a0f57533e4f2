import type { ApiFailure } from './api-failure';
import { OFFLINE } from './api-failure';

/** Key of the text to show when the server gave none of its own. */
export function failureKey(failure: ApiFailure): string {
  if (failure.code === OFFLINE) return 'failure.offline';
  if (failure.unheard) return 'failure.busy';
  return 'failure.unknown';
}

/** So many characters of an id are told from one another in any log, and can be read out loud. */
const SHORT_ID = 8;

/** The beginning of a request's id: enough to search a log for. */
export const shortId = (id: string): string => id.slice(0, SHORT_ID);
