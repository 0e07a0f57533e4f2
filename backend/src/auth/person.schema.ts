import { z } from 'zod';
import { ROLES, type User } from '#db';
import { LANGUAGES } from '../platform/language.rules.js';
import { PASSWORD_LENGTH } from './passwords/password-policy.rules.js';
import { storableText } from '../platform/storable-text.rules.js';

/** A person, as shown to themselves and to administrators. */
export const personSchema = z
  .object({
    id: z.int(),
    username: z.string(),
    displayName: z.string().nullable(),
    role: z.enum(ROLES),
    locale: z.enum(LANGUAGES).nullable(),
    mustChangePassword: z.boolean(),
    suspendedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });
export type Person = z.infer<typeof personSchema>;

/** The whitelist: a new column is never shown by accident. */
export function toPerson(user: User): Person {
  return {
    id: user.id,
    username: user.username,
    displayName: user.displayName,
    role: user.role === 'admin' ? 'admin' : 'member',
    locale: LANGUAGES.find((language) => language === user.locale) ?? null,
    mustChangePassword: user.mustChangePassword,
    suspendedAt: user.suspendedAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}

/** What a person sees of themselves, and nobody else does. */
export const ownAccountSchema = personSchema
  .extend({
    instructions: z
      .string()
      .nullable()
      .describe('How they want to be answered, in every conversation.'),
  })
  .meta({ id: 'OwnAccount' });
export type OwnAccountView = z.infer<typeof ownAccountSchema>;

/** The whitelist of that. */
export function toOwnAccount(user: User): OwnAccountView {
  return { ...toPerson(user), instructions: user.instructions };
}

/** What a person is called on screen; null takes the username. */
export const displayNameField = storableText().trim().min(1).max(120).nullable();

export const localeField = z.enum(LANGUAGES);

/** Any text as a password: the policy, which names what is wrong, is checked after the schema. */
export const passwordField = z.string().min(1).max(PASSWORD_LENGTH.typed);

export const usernameField = z.string().min(1).max(255);
