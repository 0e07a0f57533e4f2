import { setImmediate as turn } from 'node:timers/promises';
import type { RailAction } from '#db';
import { z } from 'zod';
import { compileRailsInTurns, RAIL_FILES, RuleRefused } from '../../rails/rail-files.js';
import { TOPICS_FILE, type TopicsFile } from '../../rails/topics/topics.file.js';
import type { Policy } from '../policy.js';
import {
  actionOf,
  type ComparedTopics,
  judgedFor,
  type JudgedWords,
  runsAt,
  type WrittenAction,
} from '../policy-actions.rules.js';
import { unknownRules } from './config-rules.rules.js';
import { configSchema, type PolicyConfig } from './config.schema.js';
import { issueWords } from './issue-words.js';
import { CONFIG_FILE, POLICY_PATHS, type PolicyFiles, PROMPTS_FILE } from './policy-files.rules.js';
import { STRANGE } from './policy-folder.js';
import { sizeProblems } from './policy-size.rules.js';
import { ofFile, type PolicyProblem } from './problem.js';
import { promptsSchema, type PolicyPrompts } from './prompts.schema.js';
import { type ReadFile, readYaml } from './yaml-file.rules.js';

/** A policy that is not stored. */
export type Rules = Omit<Policy, 'id'> & { readonly config: PolicyConfig };

/** The rules of a policy, or what is wrong with its files. */
export type Compiled =
  | { readonly rules: Rules; readonly problems: readonly [] }
  | { readonly rules: null; readonly problems: readonly PolicyProblem[] };

/** Problems told at once. */
const MOST_PROBLEMS = 100;

interface Checked {
  readonly parsed: Record<string, unknown>;
  readonly read: Map<string, ReadFile>;
  readonly problems: PolicyProblem[];
}

/**
 * Makes a policy of its files, all of which must be there. Lets others have their turn between two
 * files: a policy may be put in force while answers are streaming.
 */
export async function compilePolicy(files: PolicyFiles): Promise<Compiled> {
  const checked = await checkFiles(files);
  if (checked.problems.length > 0) return refused(checked.problems);
  const { [CONFIG_FILE]: config, [PROMPTS_FILE]: prompts, ...rails } = checked.parsed;
  try {
    const rules = await rulesOf(config as PolicyConfig, prompts as PolicyPrompts, rails);
    return { rules, problems: [] };
  } catch (error) {
    if (!(error instanceof RuleRefused)) throw error;
    return refused(
      error.problems.map(({ file, path, message }) => {
        return checked.read.get(file)?.problemAt(path, message) ?? ofFile(file, message);
      }),
    );
  }
}

const refused = (problems: readonly PolicyProblem[]): Compiled => ({
  rules: null,
  problems: problems.slice(0, MOST_PROBLEMS),
});

const SCHEMAS: readonly { readonly path: string; readonly schema: z.ZodType }[] = [
  { path: CONFIG_FILE, schema: configSchema },
  { path: PROMPTS_FILE, schema: promptsSchema },
  ...RAIL_FILES,
];

async function checkFiles(files: PolicyFiles): Promise<Checked> {
  const checked: Checked = { parsed: {}, read: new Map(), problems: [] };
  for (const path of Object.keys(files)) {
    if (!POLICY_PATHS.includes(path)) checked.problems.push(ofFile(path, STRANGE));
  }
  const tooLarge = sizeProblems(files);
  if (tooLarge.length > 0) return { ...checked, problems: [...checked.problems, ...tooLarge] };
  for (const { path, schema } of SCHEMAS) {
    await turn();
    await checkFile(path, files[path] ?? '', schema, checked);
  }
  return checked;
}

async function checkFile(
  path: string,
  text: string,
  schema: z.ZodType,
  checked: Checked,
): Promise<void> {
  const read = readYaml(path, text);
  await turn();
  if ('problems' in read) {
    checked.problems.push(...read.problems);
    return;
  }
  checked.read.set(path, read);
  const result = schema.safeParse(read.value, { reportInput: true });
  if (result.success) checked.parsed[path] = result.data;
  else checked.problems.push(...result.error.issues.map((issue) => toProblem(issue, read)));
}

function toProblem(issue: z.core.$ZodIssue, read: ReadFile): PolicyProblem {
  const words = issueWords(issue);
  return issue.code === 'unrecognized_keys'
    ? read.problemAtName([...issue.path, issue.keys[0] ?? ''], words)
    : read.problemAt(issue.path, words);
}

async function rulesOf(
  config: PolicyConfig,
  prompts: PolicyPrompts,
  rails: Record<string, unknown>,
): Promise<Rules> {
  const topicsFile = rails[TOPICS_FILE] as TopicsFile | undefined;
  const words: JudgedWords = {
    prompts,
    topics: topicsToJudge(topicsFile),
    compared: topicsToCompare(topicsFile),
  };
  const local = await compileRailsInTurns(rails, (rail, stage) => runsAt(config, rail, stage));
  const unknown = unknownRules(config, local);
  if (unknown.length > 0) throw new RuleRefused(unknown);
  const written: WrittenAction = (found, stage) => local.written(found, stage);
  return {
    config,
    local,
    action: (found, stage, who): RailAction => actionOf(config, written, found, stage, who),
    text: (rail, rule, language) => local.text(rail, rule, language),
    judged: (stage, who) => judgedFor(config, words, stage, who),
  };
}

/** What a model is told of the disallowed topics that are on. */
const topicsToJudge = (file: TopicsFile | undefined): string =>
  JSON.stringify(
    (file?.topics ?? [])
      .filter(({ on }) => on)
      .map(({ name, description, examples }) => ({ name, description, examples })),
  );

/** The disallowed topics that are on, with all by which their meaning is compared. */
function topicsToCompare(file: TopicsFile | undefined): ComparedTopics {
  const topics = (file?.topics ?? []).filter(({ on }) => on);
  const asking = topics.filter(({ similarity }) => similarity !== undefined);
  const words = (list: typeof topics) =>
    list.length === 0
      ? undefined
      : JSON.stringify(
          list.map(({ name, examples, counterexamples, similarity }) => ({
            ...{ name, examples, counterexamples, similarity },
          })),
        );
  return { all: words(topics), asking: words(asking) };
}
