import type { ApiFailure } from './api-failure';
import { OFFLINE } from './api-failure';

/** Key of the text to show when the server gave none of its own. */
export function failureKey(failure: ApiFailure): string {
  if (failure.code === OFFLINE) return 'failure.offline';
  if (failure.unheard) return 'failure.busy';
  return 'failure.unknown';
}
