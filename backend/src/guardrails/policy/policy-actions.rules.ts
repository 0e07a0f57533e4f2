import type { RailAction, RailStage } from '#db';
import type { PolicyConfig, RailActions, StageActions } from './files/config.schema.js';
import type { PolicyPrompts } from './files/prompts.schema.js';
import type { LocalRailName } from '../rails/local-rails.js';
import { type Judged, type JudgedRailName, JUDGED_RAILS, type JudgedSetting } from './policy.js';

/** What the file of a rule says itself: own patterns bring their actions with them. */
export type WrittenAction = (
  found: { readonly rail: string; readonly rule: string },
  stage: RailStage,
) => RailAction | undefined;

type Exception = PolicyConfig['exceptions'][number];

/**
 * What is to be done about a finding: the first exception that fits and says something about it,
 * else what its rule has, else its rail.
 */
export function actionOf(
  config: PolicyConfig,
  written: WrittenAction,
  found: { readonly rail: string; readonly rule: string },
  stage: RailStage,
  who: Judged,
): RailAction {
  const judged = judgedOf(config, found.rail);
  if (judged) return judged.action;
  for (const { rails } of exceptionsFor(config, who)) {
    const said = saidBy(railOf(rails, found.rail), found.rule, stage);
    if (said) return said;
  }
  const rail = railOf(config.rails, found.rail);
  if (rail?.on === false) return 'pass';
  return saidBy(rail, found.rule, stage) ?? written(found, stage) ?? 'pass';
}

/** What judged rails say to a model. */
export interface JudgedWords {
  readonly prompts: PolicyPrompts;
  /** The disallowed topics that are on, as JSON. */
  readonly topics: string;
  /** Those whose examples are compared by their meaning, as JSON; undefined: none. */
  readonly compared: ComparedTopics;
}

/** The topics that are on, and those of them that ask for it themselves. */
export interface ComparedTopics {
  readonly all: string | undefined;
  readonly asking: string | undefined;
}

/** The judged rails that are on at a stage. */
export function judgedFor(
  config: PolicyConfig,
  words: JudgedWords,
  stage: RailStage,
  who: Judged,
): JudgedSetting[] {
  return JUDGED_RAILS.flatMap((rail) => {
    const setting = config.judged[rail];
    const excepted = exceptionsFor(config, who).find(({ judged }) => judged?.[rail] !== undefined);
    const said = excepted?.judged?.[rail]?.on ?? setting?.on;
    const on = rail === 'topic-embeddings' ? topicsFor(said, words.compared) !== undefined : said;
    if (!setting || !on || !(setting.stages as readonly RailStage[]).includes(stage)) return [];
    const { required, timeoutMs } = setting;
    return [{ rail, required, timeoutMs, options: optionsOf(config, words, rail, stage, said) }];
  });
}

/** Whether anybody's text is looked at by a rail at a stage: what is off costs nothing. */
export function runsAt(config: PolicyConfig, rail: LocalRailName, stage: RailStage): boolean {
  const all = [config.rails, ...config.exceptions.map(({ rails }) => rails)];
  const said = all.flatMap((rails) => railOf(rails, rail) ?? []);
  if (rail === 'patterns') return said.every(({ on }) => on !== false) || said.length > 1;
  return said.some(
    ({ on, rules, ...stages }) =>
      on !== false &&
      [stages, ...Object.values(rules ?? {})].some((one) => (one[stage] ?? 'pass') !== 'pass'),
  );
}

/** Whether somebody may be judged otherwise than by the rails as they stand. */
const exceptionsFor = ({ exceptions }: PolicyConfig, who: Judged): readonly Exception[] =>
  exceptions.length === 0 ? exceptions : exceptions.filter((exception) => fits(exception, who));

const fits = ({ roles, doors }: Exception, { role, door }: Judged): boolean =>
  (roles === undefined || (roles as readonly string[]).includes(role)) &&
  (doors === undefined || (doors as readonly string[]).includes(door));

/** What a rail says of a rule at a stage, and where it says nothing, of all of them. */
function saidBy(
  rail: RailActions | undefined,
  rule: string,
  stage: RailStage,
): RailAction | undefined {
  if (!rail) return undefined;
  if (rail.on === false) return 'pass';
  const own = rail.rules && Object.hasOwn(rail.rules, rule) ? rail.rules[rule] : undefined;
  return own?.[stage] ?? (rail as StageActions)[stage];
}

const railOf = (rails: object | undefined, rail: string): RailActions | undefined =>
  rails && Object.hasOwn(rails, rail) ? (rails as Record<string, RailActions>)[rail] : undefined;

const judgedOf = (config: PolicyConfig, rail: string) =>
  (JUDGED_RAILS as readonly string[]).includes(rail)
    ? config.judged[rail as JudgedRailName]
    : undefined;

function optionsOf(
  config: PolicyConfig,
  { prompts, topics, compared }: JudgedWords,
  rail: JudgedRailName,
  stage: RailStage,
  on: boolean | undefined,
): Readonly<Record<string, string>> {
  const { 'self-check': selfCheck, bedrock, 'topic-judge': topicJudge } = config.judged;
  const { similarity } = config.judged['topic-embeddings'];
  switch (rail) {
    case 'self-check': {
      const task = stage === 'output' ? 'self_check_output' : 'self_check_input';
      const prompt = prompts[task][selfCheck?.language ?? 'pt-BR'];
      return { prompt, ...(selfCheck?.model ? { model: selfCheck.model } : {}) };
    }
    case 'bedrock':
      return {
        guardrail: bedrock?.guardrail ?? '',
        version: bedrock?.version ?? 'DRAFT',
        inModel: String(bedrock?.inModel ?? false),
      };
    case 'topic-judge':
      return { topics, ...(topicJudge?.model ? { model: topicJudge.model } : {}) };
    case 'topic-embeddings':
      return {
        topics: topicsFor(on, compared) ?? '[]',
        ...(similarity === undefined ? {} : { similarity: String(similarity) }),
      };
  }
}

/** All topics where the rail is on, and where nobody says so those that ask for it. */
const topicsFor = (on: boolean | undefined, { all, asking }: ComparedTopics): string | undefined =>
  on === undefined ? asking : on ? all : undefined;
