import type { WorkshopRules } from '#db';
import { titleOf } from './answering/title.rules.js';
import { assignUsernames, isSameName } from './auth/old-usernames.rules.js';
import { hashOldPassword } from './auth/passwords/old-passwords.js';
import { oldPasswordProblem } from './auth/passwords/old-passwords.rules.js';

/** What Prosa makes of the people and texts in a database of the ml-end2end workshop. */
export const workshopRules: WorkshopRules = {
  assignUsernames,
  isSameName,
  passwordProblem: oldPasswordProblem,
  hashPassword: hashOldPassword,
  titleOf,
};
