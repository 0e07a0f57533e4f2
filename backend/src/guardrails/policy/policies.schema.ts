import { POLICY_SOURCES, RAIL_ACTIONS, RAIL_STAGES, ROLES, SERVICE_ROLE } from '#db';
import { z } from 'zod';
import { pageFields, pageOf } from '../../platform/page.schema.js';
import { DOORS } from './files/config.schema.js';

const stage = z.enum(RAIL_STAGES);
const action = z.enum(RAIL_ACTIONS);
const time = z.iso.datetime();
const count = z.int().min(0);

/** Files in one request; a policy has fewer. */
const MOST_FILES = 20;
const LONGEST_NOTE = 500;
const MOST_TEXTS = 50;
const MOST_CHARACTERS = 200_000;
export const MOST_PROMPTS = 5000;
export const MOST_REPLAY_DAYS = 7;

const filesField = z
  .array(
    z
      .strictObject({
        path: z.string().min(1).max(100).describe('`rails/greetings.yml`'),
        text: z.string(),
      })
      .meta({ id: 'PolicyFile' }),
  )
  .min(1)
  .max(MOST_FILES)
  .describe('Files that are missing are taken from the rails that come with Prosa.');

export const problemSchema = z
  .object({
    file: z.string(),
    line: z.int().min(1),
    column: z.int().min(1).describe('In UTF-16 units.'),
    message: z.string().describe('In the language of `Accept-Language`.'),
  })
  .meta({ id: 'PolicyProblem' });

const policyFields = {
  id: z.int(),
  source: z.enum(POLICY_SOURCES),
  note: z.string(),
  createdBy: z.string().nullable(),
  createdAt: time,
  publishedAt: time.nullable().describe('When it was last put in force; null: never.'),
  active: z.boolean().describe('Whether it is in force.'),
};

export const policySchema = z.object(policyFields).meta({ id: 'GuardrailPolicy' });
export type PolicyView = z.infer<typeof policySchema>;

export const policyWithFilesSchema = z
  .object({
    ...policyFields,
    files: z.array(z.object({ path: z.string(), text: z.string() })),
    builtIn: z
      .array(z.string())
      .describe('Paths of the files that it does not have: Prosa’s own count instead.'),
  })
  .meta({ id: 'GuardrailPolicyWithFiles' });
export type PolicyWithFiles = z.infer<typeof policyWithFilesSchema>;

export const listPoliciesSchema = z.strictObject(pageFields);
export type ListPoliciesQuery = z.infer<typeof listPoliciesSchema>;
export const policyPageSchema = pageOf(policySchema).meta({ id: 'GuardrailPolicyPage' });
export type PolicyPage = z.infer<typeof policyPageSchema>;

const rulesField = z.record(z.string(), count).describe('How many rules each rail has.');

export const statusSchema = z
  .object({
    active: z.object({
      id: z.int(),
      source: z.enum(POLICY_SOURCES),
      note: z.string(),
      publishedAt: time,
      publishedBy: z.string().nullable().describe('Null where a start or the folder did it.'),
    }),
    folder: z.string().nullable().describe('Name of the folder that is watched; null: none.'),
    folderProblems: z
      .array(problemSchema)
      .describe('Why what stands in the folder is not in force.'),
    rules: rulesField,
    judged: z.array(
      z.object({
        rail: z.string(),
        stage,
        required: z.boolean(),
        missing: z
          .enum(['embedding-model'])
          .nullable()
          .describe('What is not set up, so that it judges nothing; null: it judges.'),
      }),
    ),
  })
  .meta({ id: 'GuardrailStatus' });
export type StatusView = z.infer<typeof statusSchema>;

export const newPolicySchema = z
  .strictObject({
    files: filesField,
    note: z.string().max(LONGEST_NOTE).default('').describe('What its writer says of it.'),
  })
  .meta({ id: 'NewGuardrailPolicy' });
export type NewPolicyBody = z.infer<typeof newPolicySchema>;

export const checkBodySchema = z
  .strictObject({ files: filesField })
  .meta({ id: 'GuardrailCheckQuestion' });
export type CheckBody = z.infer<typeof checkBodySchema>;

export const checkSchema = z
  .object({
    problems: z.array(problemSchema),
    rules: rulesField,
    notices: z
      .array(z.string())
      .describe('What the files ask for and this server cannot do, in the language of the caller.'),
  })
  .meta({ id: 'GuardrailCheck' });
export type CheckView = z.infer<typeof checkSchema>;

/** A policy that is looked at: a stored one, or files as they stand in the editor. */
const whichPolicy = { policyId: z.int().min(1).optional(), files: filesField.optional() };

const atMostOne = ({ policyId, files }: { policyId?: unknown; files?: unknown }): boolean =>
  policyId === undefined || files === undefined;

export const tryBodySchema = z
  .strictObject({
    ...whichPolicy,
    texts: z
      .array(z.strictObject({ text: z.string(), stage: stage.default('input') }))
      .min(1)
      .max(MOST_TEXTS)
      .refine((texts) => texts.reduce((sum, { text }) => sum + text.length, 0) <= MOST_CHARACTERS),
    role: z.enum([...ROLES, SERVICE_ROLE]).default('member'),
    door: z.enum(DOORS).default('web'),
  })
  .refine(atMostOne, { path: ['files'] })
  .meta({
    id: 'GuardrailTrial',
    description: 'Without `policyId` and `files`: the policy in force.',
  });
export type TryBody = z.infer<typeof tryBodySchema>;

export const trySchema = z
  .object({
    results: z.array(
      z.object({
        action,
        findings: z.array(
          z.object({
            rail: z.string(),
            rule: z.string(),
            start: count.describe('In UTF-16 units.'),
            end: count,
            action,
          }),
        ),
        output: z.string().describe('As it would go on: masked, replaced, or the notice instead.'),
      }),
    ),
    notRun: z
      .array(z.string())
      .describe('Rails of the policy that ask a model or a service: nobody was asked.'),
  })
  .meta({ id: 'GuardrailTrialResult' });
export type TryView = z.infer<typeof trySchema>;

export const compareBodySchema = z
  .strictObject({
    draft: z
      .strictObject(whichPolicy)
      .refine((draft) => atMostOne(draft) && (draft.policyId ?? draft.files) !== undefined),
    prompts: z
      .array(
        z.strictObject({
          text: z.string(),
          expected: z.enum(['attack', 'benign']).optional(),
        }),
      )
      .min(1)
      .max(MOST_PROMPTS)
      .optional(),
    replayDays: z
      .int()
      .min(1)
      .max(MOST_REPLAY_DAYS)
      .optional()
      .describe('In place of `prompts`: what was asked here in the last days, as it is stored.'),
  })
  .refine(({ prompts, replayDays }) => (prompts === undefined) !== (replayDays === undefined), {
    path: ['prompts'],
  })
  .meta({ id: 'GuardrailComparison' });
export type CompareBody = z.infer<typeof compareBodySchema>;
