import type { RailAction, RailStage } from '#db';
import type { Language } from '../../platform/language.rules.js';
import { SET_ANSWERS_FILE, type SetAnswersFile } from './answers/set-answers.file.js';
import { CHECKS_FILE, type ChecksFile } from './checks.file.js';
import { type AnyDetector, byStart, findingsIn, LocalFindingStream } from './finding-stream.js';
import {
  type Finding,
  type FindingStream,
  LOCAL_RAILS,
  type LocalRailName,
  type LocalRails,
  type OutputContext,
} from './local-rails.js';
import { findingsInSteps } from './long-text.rules.js';
import { EVERYWHERE, type ParsedRails, type Rail, railsOfFiles } from './rails-of-files.js';
import { type RuleProblem, RuleRefused } from './rule-refused.js';
import { NOTHING, type WholeTextJudge } from './scanning-detector.js';
import { finished, type Steps } from './steps.js';
import { inTurns } from '../turns.js';

/** Whether a rail is to look at a stage at all. */
export type Runs = (rail: LocalRailName, stage: RailStage) => boolean;

/** The local rails of a policy, and what their files say should be done. */
export interface CompiledRails extends LocalRails {
  /** What the findings of each rail can be named by; absent: its file is. */
  readonly rules: Readonly<Partial<Record<LocalRailName, readonly string[]>>>;
  /** What the file of a rule says should be done; undefined: that is for `config.yml` to say. */
  written(
    found: { readonly rail: string; readonly rule: string },
    stage: RailStage,
  ): RailAction | undefined;
  /** What a rule answers, or puts in the place of what it found. */
  text(rail: string, rule: string, language: Language): string | undefined;
}

/**
 * Makes rails of parsed files.
 * @throws RuleRefused with everything that is wrong with their rules.
 */
export const compileRails = (parsed: ParsedRails, runs: Runs = () => true): CompiledRails =>
  finished(compiling(parsed, runs));

/** The same, letting others have their turn every few milliseconds. */
export const compileRailsInTurns = (parsed: ParsedRails, runs: Runs): Promise<CompiledRails> =>
  inTurns(compiling(parsed, runs));

function* compiling(parsed: ParsedRails, runs: Runs): Steps<CompiledRails> {
  const problems: RuleProblem[] = [];
  const rails = yield* railsOfFiles(parsed, problems);
  if (problems.length > 0) throw new RuleRefused(problems);
  const rules = Object.fromEntries(rails.map((rail) => [rail.name, rail.rules]));
  return { ...railsOf(rails, runs), ...wordsOf(parsed), rules };
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
    steps: (text, stage, context = {}) =>
      findingsInSteps(detectorsAt(stage, context), judges[stage], text),
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
