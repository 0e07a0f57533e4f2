import type { ApiFailure } from '../api/api-failure';

/** Refusals that are about the password one has, not about the one one wants. */
const ABOUT_CURRENT = ['AUTH.WRONG_PASSWORD', 'AUTH.TOO_MANY_ATTEMPTS'];

/** Beside which of the two fields of a change of password a refusal is said. */
export const fieldOf = ({ code }: Pick<ApiFailure, 'code'>): 'current' | 'new' =>
  ABOUT_CURRENT.includes(code) ? 'current' : 'new';

/** What is wrong with either field; an empty text is nothing. */
export const NO_PROBLEM: Readonly<Record<ReturnType<typeof fieldOf>, string>> = {
  current: '',
  new: '',
};
