import {
  RAIL_ACTIONS,
  RAIL_STAGES,
  type RailAction,
  type RailStage,
  ROLES,
  SERVICE_ROLE,
} from '#db';
import { z } from 'zod';
import { LANGUAGES } from '../../../platform/language.rules.js';
import { LOCAL_RAILS, type LocalRailName } from '../../rails/local-rails.js';
import { similarity } from '../../rails/topics/topics.file.js';
import { JUDGED_RAILS } from '../policy.js';

/** Doors that a policy may name: those that exist, and those that are planned. */
export const DOORS = ['web', 'simple', 'openai', 'grpc', 'whatsapp'] as const;

const PLAIN = ['pass', 'flag', 'block'] as const satisfies readonly RailAction[];
const CUT = [...PLAIN, 'replace'] as const;
const MASK = [...PLAIN, 'mask'] as const;
const ANY = [...PLAIN, 'mask', 'replace'] as const;

/** What a rail can do about what it finds, at the stages at which it looks at all. */
export const POSSIBLE: Readonly<
  Record<LocalRailName, Readonly<Partial<Record<RailStage, readonly RailAction[]>>>>
> = {
  'blocked-terms': { input: PLAIN, retrieved: CUT, output: CUT },
  'disallowed-topics': { input: PLAIN, retrieved: PLAIN, output: PLAIN },
  'set-answers': { input: ['pass', 'answer'] },
  'prompt-attacks': { input: PLAIN, retrieved: CUT, output: PLAIN },
  'personal-data': { input: MASK, retrieved: MASK, output: MASK },
  secrets: { input: MASK, retrieved: MASK, output: MASK },
  links: { input: PLAIN, retrieved: CUT, output: CUT },
  'system-prompt': { output: PLAIN },
  patterns: { input: ANY, retrieved: ANY, output: ANY },
};

type Stages = Readonly<Partial<Record<RailStage, readonly RailAction[]>>>;

const atStages = (possible: Stages) =>
  Object.fromEntries(
    RAIL_STAGES.flatMap((stage) => {
      const actions = possible[stage];
      return actions ? [[stage, z.enum(actions).optional()]] : [];
    }),
  ) as Partial<Record<RailStage, z.ZodOptional<z.ZodEnum<Record<RailAction, RailAction>>>>>;

/** What is done about what a rail finds; of a rule, in place of what its rail says. */
const actionsOf = (possible: Stages) => ({
  ...atStages(possible),
  rules: z.record(z.string().min(1), z.strictObject(atStages(possible))).optional(),
});

const railsOf = (more: Record<string, z.ZodType>) =>
  z.strictObject(
    Object.fromEntries(
      LOCAL_RAILS.map((rail) => [
        rail,
        z.strictObject({ ...more, ...actionsOf(POSSIBLE[rail]) }).optional(),
      ]),
    ),
  );

/** `input`, `retrieved`, `output`: what is done there; absent: nothing. */
export interface StageActions {
  readonly input?: RailAction | undefined;
  readonly retrieved?: RailAction | undefined;
  readonly output?: RailAction | undefined;
}

/** Of one rail. */
export interface RailActions extends StageActions {
  readonly on?: boolean | undefined;
  /** By the name of a rule, in place of what stands above. */
  readonly rules?: Readonly<Record<string, StageActions>> | undefined;
}

const LONGEST_WAIT_MS = 30_000;

/** What documents and pages say is never sent to a judge: it may be hundreds of passages a prompt. */
const JUDGED_STAGES = ['input', 'output'] as const satisfies readonly RailStage[];

const judged = {
  on: z.boolean().default(false),
  stages: z.array(z.enum(JUDGED_STAGES)).default(['input', 'output']),
  required: z.boolean().default(false),
  timeoutMs: z.int().min(100).max(LONGEST_WAIT_MS).default(1500),
  action: z.enum(RAIL_ACTIONS).exclude(['answer', 'replace']).default('block'),
};

const model = z.string().min(1).optional();

const exception = z.strictObject({
  roles: z
    .array(z.enum([...ROLES, SERVICE_ROLE]))
    .min(1)
    .optional(),
  doors: z.array(z.enum(DOORS)).min(1).optional(),
  rails: railsOf({ on: z.boolean().optional() }).optional(),
  judged: z.partialRecord(z.enum(JUDGED_RAILS), z.strictObject({ on: z.boolean() })).optional(),
});

const namesSomebody = {
  en: 'an exception needs roles or doors; for everybody, change the rails above',
  'pt-BR': 'uma exceção precisa de roles ou doors; para todos, mude as regras acima',
};

const namesGuardrail = {
  en: 'Amazon Bedrock is on, so “guardrail” must name one of your account',
  'pt-BR': 'o Amazon Bedrock está ligado: “guardrail” deve nomear um guardrail da sua conta',
};

/** `config.yml`: what is done about what the rails find. */
export const configSchema = z.strictObject({
  version: z.literal(1),
  rails: railsOf({ on: z.boolean().default(true) }),
  exceptions: z
    .array(
      exception.refine(({ roles, doors }) => roles !== undefined || doors !== undefined, {
        params: { said: namesSomebody },
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
  judged: z
    .strictObject({
      'self-check': z
        .strictObject({ ...judged, model, language: z.enum(LANGUAGES).default('pt-BR') })
        .optional(),
      bedrock: z
        .strictObject({
          ...judged,
          guardrail: z.string().optional(),
          version: z.coerce.string().min(1).default('DRAFT'),
          inModel: z.boolean().default(false),
        })
        .refine(({ on, guardrail }) => !on || Boolean(guardrail), {
          path: ['guardrail'],
          params: { said: namesGuardrail },
        })
        .optional(),
      'topic-judge': z.strictObject({ ...judged, model }).optional(),
      'topic-embeddings': z
        .strictObject({
          ...judged,
          /** Absent: for the topics that say themselves how alike a question has to be. */
          on: z.boolean().optional(),
          stages: judged.stages.unwrap().default(['input']),
          similarity: similarity.optional(),
        })
        .prefault({}),
    })
    .prefault({}),
});

/** What `config.yml` says. */
export type PolicyConfig = z.output<typeof configSchema>;
