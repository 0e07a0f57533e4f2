import { z } from 'zod';
import { storableText } from '../platform/storable-text.rules.js';
import { COMMAND_KEYS } from './built-in-commands.js';

const LONGEST_TITLE = 120;
const LONGEST_TEXT = 8000;

const name = storableText()
  .trim()
  .min(1)
  .max(64)
  .describe('1 to 32 letters, digits and hyphens, without the slash. Unique in its scope.');
const title = storableText().trim().min(1).max(LONGEST_TITLE);
const text = storableText()
  .trim()
  .min(1)
  .max(LONGEST_TEXT)
  .describe('What is asked; may hold `{{variables}}`.');

export const newCommandSchema = z
  .strictObject({
    name,
    title,
    text,
    scope: z.enum(['own', 'team']).describe('`team`: by administrators only.'),
  })
  .meta({ id: 'NewCommand' });
export type NewCommandBody = z.infer<typeof newCommandSchema>;

export const changeCommandSchema = z
  .strictObject({ name: name.optional(), title: title.optional(), text: text.optional() })
  .meta({ id: 'ChangeCommand' });
export type ChangeCommandBody = z.infer<typeof changeCommandSchema>;

export const changeBuiltInSchema = z
  .strictObject({ title: title.optional().describe('Absent: as Prosa calls it.'), text })
  .meta({ id: 'ChangeBuiltInCommand' });
export type ChangeBuiltInBody = z.infer<typeof changeBuiltInSchema>;

export const commandSchema = z
  .object({
    id: z.int().nullable().describe('Null for a built-in command, which has a key.'),
    key: z.enum(COMMAND_KEYS).nullable(),
    name: z.string().describe('In the language of the caller.'),
    aliases: z.array(z.string()).describe('Its names in other languages.'),
    scope: z.enum(['own', 'team', 'builtIn']),
    title: z.string(),
    text: z.string(),
    changed: z.boolean().describe('An administrator changed a built-in command.'),
  })
  .meta({ id: 'Command' });
export type CommandView = z.infer<typeof commandSchema>;

export const commandListSchema = z
  .object({
    items: z
      .array(commandSchema)
      .describe('Own, then the team’s, then built-in: of two with one name the first is called.'),
  })
  .meta({ id: 'CommandList' });
export type CommandList = z.infer<typeof commandListSchema>;
