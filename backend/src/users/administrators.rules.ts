import type { User } from '#db';

/** Whether somebody can administer. */
export interface Standing {
  readonly role: User['role'];
  readonly suspended: boolean;
}

/**
 * Whether a change would leave Prosa without an active administrator.
 * @param after undefined when the person is deleted.
 * @param activeAdministrators how many there are before it.
 */
export function leavesNobodyInCharge(
  before: Standing,
  after: Standing | undefined,
  activeAdministrators: number,
): boolean {
  return administers(before) && !(after && administers(after)) && activeAdministrators <= 1;
}

function administers({ role, suspended }: Standing): boolean {
  return role === 'admin' && !suspended;
}
