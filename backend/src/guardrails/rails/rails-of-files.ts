import type { RailStage } from '#db';
import {
  ATTACKS_FILE,
  attackRuleCount,
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
import { Links } from './links/links.js';
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
import type { RuleProblem } from './rule-refused.js';
import type { WholeTextJudge } from './scanning-detector.js';
import {
  SECRETS_FILE,
  secretsDetectors,
  type SecretsFile,
  secretsRuleCount,
} from './secrets/secrets.file.js';
import { SystemPrompt } from './system-prompt/system-prompt.js';
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
  readonly detectors?: (stage: RailStage, context: OutputContext) => readonly AnyDetector[];
  readonly judge?: WholeTextJudge;
}

export const EVERYWHERE: readonly RailStage[] = ['input', 'retrieved', 'output'];

/** The rails that files ask for; what is wrong with their rules is put into `problems`. */
export function railsOfFiles(parsed: ParsedRails, problems: RuleProblem[]): Rail[] {
  return [
    ...termRails(parsed[BLOCKED_TERMS_FILE] as BlockedTermsFile | undefined, problems),
    ...topicRails(parsed[TOPICS_FILE] as TopicsFile | undefined, problems),
    ...answerRails(parsed[SET_ANSWERS_FILE] as SetAnswersFile | undefined, problems),
    ...attackRails(parsed[ATTACKS_FILE] as AttacksFile | undefined),
    ...dataRails(parsed),
    ...checkRails(parsed[CHECKS_FILE] as ChecksFile | undefined, problems),
  ];
}

function termRails(file: BlockedTermsFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  const { trie, count } = termTrie(file, problems);
  const detectors = [new BlockedTerms(trie)];
  return [{ name: 'blocked-terms', stages: EVERYWHERE, count, detectors: () => detectors }];
}

function topicRails(file: TopicsFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  problems.push(...topicProblems(file));
  const topics = new Topics(file.topics.filter(({ on }) => on));
  return [{ name: 'disallowed-topics', stages: ['input'], count: topics.count, judge: topics }];
}

function answerRails(file: SetAnswersFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  problems.push(...setAnswerProblems(file));
  const { length: count } = file.answers;
  return [{ name: 'set-answers', stages: ['input'], count, judge: new SetAnswers(file) }];
}

function attackRails(file: AttacksFile | undefined): Rail[] {
  if (!file) return [];
  const judge = promptAttacks(file);
  return [
    { name: 'prompt-attacks', stages: ['input', 'retrieved'], count: attackRuleCount(file), judge },
  ];
}

function dataRails(parsed: ParsedRails): Rail[] {
  const personal = parsed[PERSONAL_DATA_FILE] as PersonalDataFile | undefined;
  const secrets = parsed[SECRETS_FILE] as SecretsFile | undefined;
  const rail = (name: LocalRailName, count: number, detectors: AnyDetector[]): Rail => ({
    name,
    stages: EVERYWHERE,
    count,
    detectors: () => detectors,
  });
  return [
    ...(personal
      ? [rail('personal-data', personalDataRuleCount(personal), personalDataDetectors(personal))]
      : []),
    ...(secrets ? [rail('secrets', secretsRuleCount(secrets), secretsDetectors(secrets))] : []),
  ];
}

function checkRails(file: ChecksFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  const { allow } = file.links;
  return [
    {
      name: 'links',
      stages: ['output'],
      count: 1,
      detectors: (_, context) => [new Links(allow, context)],
    },
    {
      name: 'system-prompt',
      stages: ['output'],
      count: 1,
      detectors: (_, context) =>
        context.canary || context.systemPrompt
          ? [new SystemPrompt(context, file.system_prompt.words)]
          : [],
    },
    patternRail(file, problems),
  ];
}

/** The patterns of each stage run as one machine. */
function patternRail(file: ChecksFile, problems: RuleProblem[]): Rail {
  const named = namedPatterns(file, problems);
  const at = Object.fromEntries(
    EVERYWHERE.map((stage) => {
      const here = named.filter(({ pattern }) => pattern.stages[stage] !== undefined);
      return [stage, here.length === 0 ? [] : patternsOf(here, problems)];
    }),
  ) as Record<RailStage, Patterns[]>;
  const { length: count } = file.patterns;
  return { name: 'patterns', stages: EVERYWHERE, count, detectors: (stage) => at[stage] };
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
