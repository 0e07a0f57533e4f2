import type { RailAction, RailStage } from '#db';
import type { Language } from '../../platform/language.rules.js';
import { SetAnswers } from './answers/set-answers.js';
import {
  SET_ANSWERS_FILE,
  setAnswerProblems,
  type SetAnswersFile,
} from './answers/set-answers.file.js';
import { CHECKS_FILE, type ChecksFile } from './checks.file.js';
import { type AnyDetector, byStart, findingsIn, LocalFindingStream } from './finding-stream.js';
import { Links } from './links/links.js';
import {
  type Finding,
  type FindingStream,
  LOCAL_RAILS,
  type LocalRailName,
  type LocalRails,
  type OutputContext,
} from './local-rails.js';
import { namedPatterns } from './patterns/patterns.file.js';
import { PatternRefused } from './patterns/pattern-syntax.js';
import { type NamedPattern, Patterns } from './patterns/patterns.js';
import { type RuleProblem, RuleRefused } from './rule-refused.js';
import { NOTHING, type WholeTextJudge } from './scanning-detector.js';
import { SystemPrompt } from './system-prompt/system-prompt.js';
import { BlockedTerms } from './terms/blocked-terms.js';
import { BLOCKED_TERMS_FILE, type BlockedTermsFile, termTrie } from './terms/blocked-terms.file.js';
import { topicProblems, TOPICS_FILE, type TopicsFile } from './topics/topics.file.js';

/** The files of a policy, read and found to be as their schemas want them; absent: rail off. */
export type ParsedRails = Readonly<Record<string, unknown>>;

/** Whether a rail is to look at a stage at all. */
export type Runs = (rail: LocalRailName, stage: RailStage) => boolean;

/** The local rails of a policy, and what their files say should be done. */
export interface CompiledRails extends LocalRails {
  /** What the file of a rule says should be done; undefined: that is for `config.yml` to say. */
  written(
    found: { readonly rail: string; readonly rule: string },
    stage: RailStage,
  ): RailAction | undefined;
  /** What a rule answers, or puts in the place of what it found. */
  text(rail: string, rule: string, language: Language): string | undefined;
}

/** One rail: who looks for it at which stages. */
interface Rail {
  readonly name: LocalRailName;
  readonly stages: readonly RailStage[];
  readonly count: number;
  readonly detectors?: (stage: RailStage, context: OutputContext) => readonly AnyDetector[];
  readonly judge?: WholeTextJudge;
}

/**
 * Makes rails of parsed files.
 * @throws RuleRefused with everything that is wrong with their rules.
 */
export function compileRails(parsed: ParsedRails, runs: Runs = () => true): CompiledRails {
  const problems: RuleProblem[] = [];
  const rails = [
    ...termRails(parsed[BLOCKED_TERMS_FILE] as BlockedTermsFile | undefined, problems),
    ...topicRails(parsed[TOPICS_FILE] as TopicsFile | undefined, problems),
    ...checkRails(parsed[CHECKS_FILE] as ChecksFile | undefined, problems),
    ...answerRails(parsed[SET_ANSWERS_FILE] as SetAnswersFile | undefined, problems),
  ];
  if (problems.length > 0) throw new RuleRefused(problems);
  return { ...railsOf(rails, runs), ...wordsOf(parsed) };
}

const EVERYWHERE: readonly RailStage[] = ['input', 'retrieved', 'output'];

function termRails(file: BlockedTermsFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  const { trie, count } = termTrie(file, problems);
  const detectors = [new BlockedTerms(trie)];
  return [{ name: 'blocked-terms', stages: EVERYWHERE, count, detectors: () => detectors }];
}

function topicRails(file: TopicsFile | undefined, problems: RuleProblem[]): Rail[] {
  if (file) problems.push(...topicProblems(file));
  return [];
}

function answerRails(file: SetAnswersFile | undefined, problems: RuleProblem[]): Rail[] {
  if (!file) return [];
  problems.push(...setAnswerProblems(file));
  const { length: count } = file.answers;
  return [{ name: 'set-answers', stages: ['input'], count, judge: new SetAnswers(file) }];
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

function railsOf(rails: readonly Rail[], runs: Runs): LocalRails {
  const counts = Object.fromEntries(LOCAL_RAILS.map((name) => [name, 0])) as Record<
    LocalRailName,
    number
  >;
  for (const { name, count } of rails) counts[name] += count;
  const at = Object.fromEntries(
    EVERYWHERE.map((stage) => [
      stage,
      rails.filter(
        ({ name, stages, count }) => count > 0 && stages.includes(stage) && runs(name, stage),
      ),
    ]),
  ) as Record<RailStage, Rail[]>;
  const detectorsAt = (stage: RailStage, context: OutputContext): readonly AnyDetector[] =>
    at[stage].flatMap(({ detectors }) => detectors?.(stage, context) ?? []);
  const judges = Object.fromEntries(
    EVERYWHERE.map((stage) => [stage, at[stage].flatMap(({ judge }) => judge ?? [])]),
  ) as Record<RailStage, WholeTextJudge[]>;
  return {
    counts,
    find: (text, stage, context = {}): readonly Finding[] => {
      const found = [
        ...detectorsAt(stage, context).flatMap((detector) => findingsIn(detector, text)),
        ...judges[stage].flatMap((judge) => judge.judge(text)),
      ];
      return found.length === 0 ? NOTHING : found.sort(byStart);
    },
    stream: (stage, context = {}): FindingStream =>
      new LocalFindingStream(detectorsAt(stage, context), judges[stage]),
  };
}

/** What the files say themselves. */
function wordsOf(parsed: ParsedRails): Pick<CompiledRails, 'written' | 'text'> {
  const answers = (parsed[SET_ANSWERS_FILE] as SetAnswersFile | undefined)?.answers ?? [];
  const patterns = (parsed[CHECKS_FILE] as ChecksFile | undefined)?.patterns ?? [];
  const answerOf = new Map(answers.map(({ name, answer }) => [name, answer]));
  const patternOf = new Map(patterns.map((pattern) => [pattern.name, pattern]));
  return {
    written: ({ rail, rule }, stage) =>
      rail === 'patterns' ? patternOf.get(rule)?.stages[stage] : undefined,
    text: (rail, rule, language) =>
      rail === 'set-answers'
        ? answerOf.get(rule)?.[language]
        : rail === 'patterns'
          ? patternOf.get(rule)?.replacement?.[language]
          : undefined,
  };
}
