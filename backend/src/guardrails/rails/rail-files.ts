import type { ZodType } from 'zod';
import { SET_ANSWERS_FILE, setAnswersSchema } from './answers/set-answers.file.js';
import { ATTACKS_FILE, attacksSchema } from './attacks/attacks.file.js';
import { CHECKS_FILE, checksSchema } from './checks.file.js';
import { PERSONAL_DATA_FILE, personalDataSchema } from './personal-data/personal-data.file.js';
import { SECRETS_FILE, secretsSchema } from './secrets/secrets.file.js';
import { BLOCKED_TERMS_FILE, blockedTermsSchema } from './terms/blocked-terms.file.js';
import { TOPICS_FILE, topicsSchema } from './topics/topics.file.js';

export {
  compileRails,
  compileRailsInTurns,
  type CompiledRails,
  type Runs,
} from './compiled-rails.js';
export type { ParsedRails } from './rails-of-files.js';
export { RuleRefused, type RuleProblem } from './rule-refused.js';

/** The files of local rails and how each has to look. */
export const RAIL_FILES: readonly { readonly path: string; readonly schema: ZodType }[] = [
  { path: BLOCKED_TERMS_FILE, schema: blockedTermsSchema },
  { path: TOPICS_FILE, schema: topicsSchema },
  { path: SET_ANSWERS_FILE, schema: setAnswersSchema },
  { path: CHECKS_FILE, schema: checksSchema },
  { path: ATTACKS_FILE, schema: attacksSchema },
  { path: PERSONAL_DATA_FILE, schema: personalDataSchema },
  { path: SECRETS_FILE, schema: secretsSchema },
];
