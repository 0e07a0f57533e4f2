import { z } from 'zod';
import { ROLES } from '#db';
import {
  displayNameField,
  localeField,
  passwordField,
  personSchema,
  usernameField,
} from '../auth/person.schema.js';
import { pageFields, pageOf } from '../platform/page.schema.js';

export const listUsersSchema = z.strictObject(pageFields);
export type ListUsersQuery = z.infer<typeof listUsersSchema>;

export const userPageSchema = pageOf(personSchema).meta({ id: 'UserPage' });
export type UserPage = z.infer<typeof userPageSchema>;

/** The person must choose another password at the first sign-in. */
export const newUserSchema = z
  .strictObject({
    username: usernameField,
    password: passwordField,
    role: z.enum(ROLES).default('member'),
    displayName: displayNameField.optional(),
    locale: localeField.optional(),
  })
  .meta({ id: 'NewUser' });
export type NewUserBody = z.infer<typeof newUserSchema>;

/** `password` resets it: the person must choose another at the next sign-in. */
export const userChangeSchema = z
  .strictObject({
    role: z.enum(ROLES).optional(),
    suspended: z.boolean().optional(),
    password: passwordField.optional(),
    displayName: displayNameField.optional(),
    locale: localeField.optional(),
  })
  .meta({ id: 'UserChange' });
export type UserChangeBody = z.infer<typeof userChangeSchema>;
