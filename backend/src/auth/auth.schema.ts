import { z } from 'zod';
import { instructionsField } from '../platform/instructions.schema.js';
import {
  displayNameField,
  localeField,
  passwordField,
  personSchema,
  usernameField,
} from './person.schema.js';

export const signInSchema = z
  .strictObject({ username: usernameField, password: passwordField })
  .meta({ id: 'SignIn' });
export type SignInBody = z.infer<typeof signInSchema>;

/** Changing the password takes the current one. */
export const ownChangeSchema = z
  .strictObject({
    displayName: displayNameField.optional(),
    locale: localeField.optional(),
    instructions: instructionsField.optional(),
    currentPassword: passwordField.optional(),
    newPassword: passwordField.optional(),
  })
  .refine((body) => (body.newPassword === undefined) === (body.currentPassword === undefined), {
    path: ['currentPassword'],
  })
  .meta({ id: 'OwnChange' });
export type OwnChangeBody = z.infer<typeof ownChangeSchema>;

export const sessionSchema = z
  .object({
    accessToken: z.string(),
    expiresIn: z.int().describe('Seconds the access token is good for.'),
    user: personSchema,
  })
  .meta({ id: 'Session' });
export type SessionAnswer = z.infer<typeof sessionSchema>;
