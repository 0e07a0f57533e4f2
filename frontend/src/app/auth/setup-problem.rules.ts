import type { ApiFailure } from '../api/api-failure';

type SetupField = 'code' | 'username' | 'password';

/** Beside which field of the first run a refusal is said; what is about none stands at the end. */
export function setupFieldOf({ code }: Pick<ApiFailure, 'code'>): SetupField {
  if (code === 'SETUP.CODE_REQUIRED') return 'code';
  return code.startsWith('USER.USERNAME_') ? 'username' : 'password';
}

/** What is wrong with each field; an empty text is nothing. */
export const NO_SETUP_PROBLEM: Readonly<Record<SetupField, string>> = {
  code: '',
  username: '',
  password: '',
};
