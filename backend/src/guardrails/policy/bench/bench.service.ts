import { Injectable } from '@nestjs/common';
import type { Language } from '../../../platform/language.rules.js';
import type { CompareBody, TryBody, TryView } from '../policies.schema.js';
import { PoliciesService } from '../policies.service.js';
import { type ComparedPrompt, comparePolicies, type ComparisonEvent } from './comparison.js';
import { railsThatAsk } from '../unusable-rails.rules.js';
import { preview } from './preview.js';
import { ReplayRepository } from './replay.repository.js';
import { judge } from './verdict.rules.js';

const DAY_MS = 24 * 3_600_000;

/** Whose prompts a pasted list stands for. */
const ANYBODY = { role: 'member', door: 'web' };

/** Tries policies out: nothing is stored, no model is asked. */
@Injectable()
export class Bench {
  constructor(
    private readonly policies: PoliciesService,
    private readonly replay: ReplayRepository,
  ) {}

  /** What a policy makes of texts. @throws {DomainError} GUARDRAIL.POLICY_… */
  async try({ texts, role, door, ...which }: TryBody, language: Language): Promise<TryView> {
    const rules = await this.policies.rulesOf(which, language);
    const results = texts.map(({ text, stage }) => {
      const verdict = judge(rules, text, stage, { role, door });
      const findings = verdict.findings.map(({ rail, rule, start, end, action }) => ({
        ...{ rail, rule, start, end, action },
      }));
      const output = preview(rules, text, stage, { role, door, language });
      return { action: verdict.action, findings, output };
    });
    return { results, notRun: railsThatAsk(rules) };
  }

  /**
   * What would change were a draft in force, told as it is found out.
   * @throws {DomainError} GUARDRAIL.POLICY_… before anything is told.
   */
  async compare(
    { draft, prompts, replayDays }: CompareBody,
    language: Language,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<ComparisonEvent>> {
    const [current, other] = await Promise.all([
      this.policies.rulesOf({}, language),
      this.policies.rulesOf(draft, language),
    ]);
    if (prompts) {
      return comparePolicies(current, other, [prompts.map(pasted)], prompts.length, signal);
    }
    const asked = await this.replay.findAsked(new Date(Date.now() - (replayDays ?? 1) * DAY_MS));
    return comparePolicies(current, other, this.replay.read(asked), asked.length, signal);
  }
}

const pasted = ({
  text,
  expected,
}: NonNullable<CompareBody['prompts']>[number]): ComparedPrompt => ({
  text,
  expected: expected ?? null,
  who: ANYBODY,
  at: null,
});
