import { readFile } from 'node:fs/promises';
import type { Language } from '../../platform/language.rules.js';
import { comparePolicies, type ComparedPrompt } from '../policy/bench/comparison.js';
import { GivenPrompts, type PromptChange } from '../policy/bench/given-prompts.js';
import type { MissingPart } from '../judged/judged-rail.js';
import type { JudgedRailName } from '../policy/policy.js';
import { unusableIn, unusableWords } from '../policy/unusable-rails.rules.js';
import type { Tally } from '../policy/bench/tally.rules.js';
import type { Verdict } from '../policy/bench/verdict.rules.js';
import { type Compiled, compilePolicy, type Rules } from '../policy/files/compile-policy.js';
import { completed, type PolicyFiles } from '../policy/files/policy-files.rules.js';
import { readPolicyFolder } from '../policy/files/policy-folder.js';
import type { PolicyProblem } from '../policy/files/problem.js';
import { promptsIn } from '../prompt-set.rules.js';
import { COMMAND_TEXTS, type CommandTexts, filled } from './command-texts.js';

/** How the command ends, as shells understand it. */
export const EXIT = { done: 0, failed: 1, wrongUsage: 2 } as const;

/** Changes that are shown one by one, and how much of each prompt. */
const MOST_SHOWN = 100;
const LONGEST_SHOWN = 70;

/** Whose prompts a file stands for. */
const ANYBODY = { role: 'member', door: 'web' };

/** What the command works with. */
export interface CommandSetting {
  readonly language: Language;
  readonly out: (line: string) => void;
  /** For what went wrong. */
  readonly err: (line: string) => void;
  /** What comes with Prosa. */
  readonly builtIn: () => Promise<PolicyFiles>;
  /** What a rail that asks somebody cannot be without and the environment does not name. */
  readonly needs: (rail: JudgedRailName) => MissingPart | undefined;
  /** The version in force in the database; undefined where there is none. */
  readonly inForce: () => Promise<{ id: number; files: PolicyFiles } | undefined>;
}

/** `npm run guardrails -- check <folder> | compare <folder> <prompts.jsonl>` */
export class GuardrailsCommand {
  private readonly setting: CommandSetting;
  private readonly texts: CommandTexts;

  constructor(setting: CommandSetting) {
    this.setting = setting;
    this.texts = COMMAND_TEXTS[setting.language];
  }

  /** @returns one of {@link EXIT}. */
  async run(args: readonly string[]): Promise<number> {
    const [verb, folder, prompts] = args;
    if (folder !== undefined) {
      if (verb === 'check' && args.length === 2) return this.check(folder);
      if (verb === 'compare' && prompts !== undefined && args.length === 3) {
        return this.compare(folder, prompts);
      }
    }
    this.setting.err(this.texts.usage);
    return EXIT.wrongUsage;
  }

  private async check(folder: string): Promise<number> {
    const rules = this.usable(await this.compiled(folder));
    if (!rules) return EXIT.failed;
    this.setting.out(this.texts.good);
    for (const [rail, count] of Object.entries(rules.local.counts)) {
      this.setting.out(`  ${filled(this.texts.rules, { rail, count })}`);
    }
    for (const unusable of unusableIn(rules, this.setting.needs)) {
      this.setting.out(unusableWords(unusable, this.setting.language));
    }
    return EXIT.done;
  }

  private async compare(folder: string, file: string): Promise<number> {
    const draft = this.usable(await this.compiled(folder));
    const prompts = await this.prompts(file);
    if (!draft || !prompts) return EXIT.failed;
    const stored = await this.setting.inForce();
    const builtIn = await this.setting.builtIn();
    const current = this.usable(await compilePolicy(completed(stored?.files ?? {}, builtIn)));
    if (!current) return EXIT.failed;
    const which = stored ? filled(this.texts.stored, { id: stored.id }) : this.texts.builtIn;
    this.setting.out(filled(this.texts.comparedWith, { which }));
    await this.tell(current, draft, prompts);
    return EXIT.done;
  }

  private async compiled(folder: string): Promise<Compiled> {
    const content = await readPolicyFolder(folder);
    return content.problems.length > 0
      ? { rules: null, problems: content.problems }
      : compilePolicy(completed(content.files, await this.setting.builtIn()));
  }

  private usable({ rules, problems }: Compiled): Rules | undefined {
    if (rules) return rules;
    for (const problem of problems) this.setting.err(lineOf(problem, this.setting.language));
    this.setting.err(filled(this.texts.bad, { count: problems.length }));
    return undefined;
  }

  private async prompts(file: string): Promise<ComparedPrompt[] | undefined> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code);
      this.setting.err(filled(this.texts.noPrompts, { file, code }));
      return undefined;
    }
    const prompts = promptsIn(text);
    if (Array.isArray(prompts)) {
      return prompts.map((prompt) => ({ ...prompt, who: ANYBODY }));
    }
    // Not filled by name: the words hold a JSON object.
    const told = this.texts.badPrompt.replace('{file}', file);
    this.setting.err(told.replace('{line}', String(prompts.badLine)));
    return undefined;
  }

  private async tell(current: Rules, draft: Rules, prompts: ComparedPrompt[]): Promise<void> {
    const { signal } = new AbortController();
    const changed: string[] = [];
    const findings = new GivenPrompts();
    const policies = { current, draft };
    const { length } = prompts;
    for await (const event of comparePolicies(policies, [prompts], length, findings, signal)) {
      if (event.type === 'change') changed.push(changeLine(event));
      if (event.type !== 'done') continue;
      const { total, changes, notRun } = event;
      const words = changes === 0 ? this.texts.same : this.texts.changes;
      this.setting.out(filled(words, { total, changes }));
      for (const line of changed.slice(0, MOST_SHOWN)) this.setting.out(`  ${line}`);
      if (changes > MOST_SHOWN) {
        this.setting.out(`  ${filled(this.texts.more, { count: changes - MOST_SHOWN })}`);
      }
      this.table(event.current, event.draft);
      if (notRun.length > 0) {
        this.setting.out(filled(this.texts.notRun, { rails: notRun.join(', ') }));
      }
    }
  }

  private table(current: Tally, draft: Tally): void {
    const { texts } = this;
    const width = Math.max(...texts.counts.map(({ length }) => length)) + 2;
    this.setting.out(`${''.padEnd(width)}${texts.current.padStart(8)}${texts.draft.padStart(8)}`);
    Object.values(current).forEach((count: number, at) => {
      const then = Object.values(draft)[at] as number;
      const name = (texts.counts[at] ?? '').padEnd(width);
      this.setting.out(`${name}${String(count).padStart(8)}${String(then).padStart(8)}`);
    });
  }
}

const lineOf = ({ file, line, column, message }: PolicyProblem, language: Language): string =>
  `${file}:${String(line)}:${String(column)} ${message[language]}`;

function changeLine(change: PromptChange): string {
  const { n, prompt, current, draft } = change;
  const text = prompt.text.replace(/\s+/g, ' ').slice(0, LONGEST_SHOWN).toWellFormed();
  return `${String(n)}. ${inShort(current)} → ${inShort(draft)}  ${text}`;
}

const inShort = ({ action, findings }: Verdict): string => {
  const rules = [...new Set(findings.map(({ rail, rule }) => `${rail}/${rule}`))];
  return rules.length === 0 ? action : `${action} (${rules.join(', ')})`;
};
