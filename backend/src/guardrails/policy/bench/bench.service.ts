import { Injectable, Logger } from '@nestjs/common';
import type { GuardrailReplay } from '#db';
import type { Caller } from '../../../platform/caller.js';
import { decodeCursor, encodeCursor } from '../../../platform/cursor.rules.js';
import type { Language } from '../../../platform/language.rules.js';
import { type Page, toPage } from '../../../platform/page.schema.js';
import { digestOf } from '../files/policy-files.rules.js';
import type { CompareBody, TryBody, TryView } from '../policies.schema.js';
import { PoliciesService } from '../policies.service.js';
import { type ComparedPolicies, type ComparedPrompt, comparePolicies } from './comparison.js';
import type { ComparisonEvent } from './comparison-view.rules.js';
import { GivenPrompts } from './given-prompts.js';
import { railsThatAsk } from '../unusable-rails.rules.js';
import { preview } from './preview.js';
import { ReplayLogRepository } from './replay-log.repository.js';
import { ReplayRepository } from './replay.repository.js';
import { ReplayedPrompts } from './replayed-prompts.js';
import type { ListReplaysQuery } from './replays.schema.js';
import { sentPrompts } from './sent-prompts.js';
import { judge } from './verdict.rules.js';

const DAY_MS = 24 * 3_600_000;

/** Whose prompts a pasted list stands for. */
const ANYBODY = { role: 'member', door: 'web' };

/** Tries policies out: no model is asked, and nothing is stored but that somebody looked. */
@Injectable()
export class Bench {
  private readonly logger = new Logger(Bench.name);

  constructor(
    private readonly policies: PoliciesService,
    private readonly replay: ReplayRepository,
    private readonly log: ReplayLogRepository,
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
    caller: Caller,
    { draft, prompts, replayDays = 1 }: CompareBody,
    language: Language,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<ComparisonEvent>> {
    const policies = await this.both(draft, language);
    if (prompts) return given(policies, prompts, signal);
    const asked = await this.replay.findAsked(new Date(Date.now() - replayDays * DAY_MS));
    await this.note(caller, draft, replayDays, asked.length);
    const read = this.replay.read(asked);
    return comparePolicies(policies, read, asked.length, new ReplayedPrompts(), signal);
  }

  /**
   * The same over the prompts of a file as it arrives.
   * @throws what `sentPrompts` throws, before anything is told.
   */
  async compareFile(
    policies: ComparedPolicies,
    bytes: AsyncIterable<Buffer>,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<ComparisonEvent>> {
    return given(policies, await sentPrompts(bytes), signal);
  }

  /** The policy in force and a draft. @throws {DomainError} GUARDRAIL.POLICY_… */
  async both(draft: CompareBody['draft'], language: Language): Promise<ComparedPolicies> {
    const [current, other] = await Promise.all([
      this.policies.rulesOf({}, language),
      this.policies.rulesOf(draft, language),
    ]);
    return { current, draft: other };
  }

  /** Who replayed what, newest first. @throws {DomainError} REQUEST.INVALID for a cursor that is not ours. */
  async replays({ cursor, limit }: ListReplaysQuery): Promise<Page<GuardrailReplay>> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor, ['']);
    const rows = await this.log.findPage(before?.id, limit);
    return toPage(rows, limit, ({ id, createdAt }) =>
      encodeCursor({ part: '', time: createdAt, id }),
    );
  }

  private async note(
    { id: userId, username }: Caller,
    draft: CompareBody['draft'],
    days: number,
    prompts: number,
  ): Promise<void> {
    const digest = digestOf(await this.policies.filesOf(draft));
    const policyId = this.policies.currentId;
    const draftId = draft.policyId ?? null;
    await this.log.note({ userId, username, days, policyId, draftId, digest, prompts });
    this.logger.log({ userId, days, policyId, draftId, digest }, "people's prompts were replayed");
  }
}

/** A prompt, and what it is known to be. */
interface GivenPrompt {
  readonly text: string;
  readonly expected?: ComparedPrompt['expected'] | undefined;
}

function given(
  policies: ComparedPolicies,
  prompts: readonly GivenPrompt[],
  signal: AbortSignal,
): AsyncGenerator<ComparisonEvent> {
  const { length } = prompts;
  return comparePolicies(policies, [prompts.map(pasted)], length, new GivenPrompts(), signal);
}

const pasted = ({ text, expected }: GivenPrompt): ComparedPrompt => ({
  text,
  expected: expected ?? null,
  who: ANYBODY,
});
