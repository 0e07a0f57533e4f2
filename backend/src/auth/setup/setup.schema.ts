import { z } from 'zod';
import { displayNameField, localeField, passwordField, usernameField } from '../person.schema.js';

export const setupStateSchema = z
  .object({
    needed: z.boolean().describe('Whether there is no active administrator yet.'),
    codeRequired: z.boolean().describe('Whether this caller must give the printed code.'),
  })
  .meta({ id: 'SetupState' });
export type SetupState = z.infer<typeof setupStateSchema>;

export const setupSchema = z
  .strictObject({
    username: usernameField,
    password: passwordField,
    code: z.string().max(500).optional().describe('The code printed at start, or `SETUP_TOKEN`.'),
    displayName: displayNameField.optional(),
    locale: localeField.optional(),
  })
  .meta({ id: 'Setup' });
export type SetupBody = z.infer<typeof setupSchema>;
