import type { RailStage } from '#db';
import {
  ATTACKS_FILE,
  attackRuleCount,
  attackRules,
  type AttacksFile,
  promptAttacks,
} from './attacks/attacks.file.js';
import { SetAnswers } from './answers/set-answers.js';
import {
  SET_ANSWERS_FILE,
  setAnswerProblems,
  type SetAnswersFile,
} from './answers/set-answers.file.js';
import { CHECKS_FILE, type ChecksFile } from './checks.file.js';
import type { AnyDetector } from './finding-stream.js';
import { LINK_RULE, Links } from './links/links.js';
import type { LocalRailName, OutputContext } from './local-rails.js';
import { namedPatterns } from './patterns/patterns.file.js';
import { PatternRefused } from './patterns/pattern-syntax.js';
import { type NamedPattern, Patterns } from './patterns/patterns.js';
import {
  PERSONAL_DATA_FILE,
  personalDataDetectors,
  type PersonalDataFile,
  personalDataRuleCount,
} from './personal-data/personal-data.file.js';
import { PERSONAL_DATA_KINDS } from './personal-data/kinds.js';
import type { RuleProblem } from './rule-refused.js';
import type { Steps } from './steps.js';
import type { WholeTextJudge } from './scanning-detector.js';
import {
  SECRETS_FILE,
  secretsDetectors,
  type SecretsFile,
  secretsRuleCount,
  secretsRules,
} from './secrets/secrets.file.js';
import { SYSTEM_PROMPT_RULES, SystemPrompt } from './system-prompt/system-prompt.js';
import { BlockedTerms } from './terms/blocked-terms.js';
import { BLOCKED_TERMS_FILE, type BlockedTermsFile, termTrie } from './terms/blocked-terms.file.js';
import { Topics } from './topics/topics.js';
import { topicProblems, TOPICS_FILE, type TopicsFile } from './topics/topics.file.js';

/** The files of a policy, read and found to be as their schemas want them; absent: rail off. */
export type ParsedRails = Readonly<Record<string, unknown>>;

/** One rail: who looks for it at which stages. */
export interface Rail {
  readonly name: LocalRailName;
  readonly stages: readonly RailStage[];
  readonly count: number;
  /** What its findings are named by. */
  readonly rules: readonly string[];
  readonly detectors?: (stage: RailStage, context: OutputContext) => readonly AnyDetector[];
  readonly judge?: WholeTextJudge;
}

export const EVERYWHERE: readonly RailStage[] = ['input', 'retrieved', 'output'];

/**
 * The rails that files ask for; what is wrong with their rules is put into `problems`. It stops often:
 * whoever makes them while answers stream lets others have their turn there.
 */
export function* railsOfFiles(parsed: ParsedRails, problems: RuleProblem[]): Steps<Rail[]> {
  const rails = yield* termRails(
    parsed[BLOCKED_TERMS_FILE] as BlockedTermsFile | undefined,
    problems,
  );
  rails.push(...topicRails(parsed[TOPICS_FILE] as TopicsFile | undefined, problems));
  yield;
  rails.push(...answerRails(parsed[SET_ANSWERS_FILE] as SetAnswersFile | undefined, problems));
  yield;
  rails.push(...attackRails(parsed[ATTACKS_FILE] as AttacksFile | undefined));
  yield;
  rails.push(...dataRails(parsed));
  yield;
  rails.push(...(yield* checkRails(parsed[CHECKS_FILE] as ChecksFile | undefined, problems)));
  return rails;
}

function* termRails(file: BlockedTermsFile | undefined, problems: RuleProblem[]): Steps<Rail[]> {
  if (!file) return [];
  const { trie, count } = yield* termTrie(file, problems);
  const detectors = [new BlockedTerms(trie)];
  const rules = file.lists.map(({ name }) => name);
  return [{ name: 'blocked-terms', stages: EVERYWHERE, count, rules, detectors: () => detectors }];
}

function topicRails(file: TopicsFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  problems.push(...topicProblems(file));
  const topics = new Topics(file.topics.filter(({ on }) => on));
  const rules = file.topics.map(({ name }) => name);
  return [
    { name: 'disallowed-topics', stages: ['input'], count: topics.count, rules, judge: topics },
  ];
}

function answerRails(file: SetAnswersFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  problems.push(...setAnswerProblems(file));
  const { length: count } = file.answers;
  const rules = file.answers.map(({ name }) => name);
  return [{ name: 'set-answers', stages: ['input'], count, rules, judge: new SetAnswers(file) }];
}

function attackRails(file: AttacksFile | undefined): Rail[] {
  if (!file) return [];
  const judge = promptAttacks(file);
  const count = attackRuleCount(file);
  const rules = attackRules(file);
  return [{ name: 'prompt-attacks', stages: ['input', 'retrieved'], count, rules, judge }];
}

function dataRails(parsed: ParsedRails): Rail[] {
  const personal = parsed[PERSONAL_DATA_FILE] as PersonalDataFile | undefined;
  const secrets = parsed[SECRETS_FILE] as SecretsFile | undefined;
  const rails: Rail[] = [];
  if (personal) {
    const detectors = personalDataDetectors(personal);
    rails.push({
      ...{ name: 'personal-data', stages: EVERYWHERE, rules: PERSONAL_DATA_KINDS },
      ...{ count: personalDataRuleCount(personal), detectors: () => detectors },
    });
  }
  if (secrets) {
    const detectors = secretsDetectors(secrets);
    rails.push({
      ...{ name: 'secrets', stages: EVERYWHERE, rules: secretsRules(secrets) },
      ...{ count: secretsRuleCount(secrets), detectors: () => detectors },
    });
  }
  return rails;
}

function* checkRails(file: ChecksFile | undefined, problems: RuleProblem[]): Steps<Rail[]> {
  if (!file) return [];
  const { allow } = file.links;
  return [
    {
      name: 'links',
      stages: ['output'],
      count: 1,
      rules: [LINK_RULE],
      detectors: (_, context) => [new Links(allow, context)],
    },
    {
      name: 'system-prompt',
      stages: ['output'],
      count: 1,
      rules: SYSTEM_PROMPT_RULES,
      detectors: (_, context) =>
        context.canary || context.systemPrompt
          ? [new SystemPrompt(context, file.system_prompt.words)]
          : [],
    },
    yield* patternRail(file, problems),
  ];
}

/** The patterns of each stage run as one machine. */
function* patternRail(file: ChecksFile, problems: RuleProblem[]): Steps<Rail> {
  const named = yield* namedPatterns(file, problems);
  const at = Object.fromEntries(
    EVERYWHERE.map((stage) => {
      const here = named.filter(({ pattern }) => pattern.stages[stage] !== undefined);
      return [stage, here.length === 0 ? [] : patternsOf(here, problems)];
    }),
  ) as Record<RailStage, Patterns[]>;
  const { length: count } = file.patterns;
  const rules = file.patterns.map(({ name }) => name);
  return { name: 'patterns', stages: EVERYWHERE, count, rules, detectors: (stage) => at[stage] };
}

function patternsOf(
  patterns: readonly { readonly named: NamedPattern }[],
  problems: RuleProblem[],
): Patterns[] {
  try {
    return [new Patterns(patterns.map(({ named }) => named))];
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error;
    problems.push({ file: CHECKS_FILE, path: ['patterns'], message: error.said });
    return [];
  }
}
