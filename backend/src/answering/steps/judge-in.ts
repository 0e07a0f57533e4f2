import { Injectable } from '@nestjs/common';
import { GuardedTooLong, GuardFailure } from '../../guardrails/guard-failure.js';
import { judgedHits } from '../../guardrails/judged/judged-hits.rules.js';
import { JudgedRails, TOO_LONG } from '../../guardrails/judged/judged-rails.js';
import type { RailHit } from '../../guardrails/judged-text.rules.js';
import {
  type HiddenValue,
  type MaskedText,
  UNNAMED,
} from '../../guardrails/masking/masked-text.js';
import type { GuardedPrompt } from '../../guardrails/guarded.js';
import type { JudgedSpan } from '../../guardrails/judged/judged-rail.js';
import { PolicyInForce } from '../../guardrails/policy/policy.js';
import { DomainError } from '../../platform/domain-error.js';
import { blockedAsk, type GuardedAsk } from '../guarded-ask.js';
import { AskJudge } from './ask-judge.js';
import type { ToGuard } from './to-guard.js';

/**
 * Rails that ask a model or a service judge what is asked, masked already by the local ones, before
 * it is stored: what they block is kept nowhere, and what they hide is stored hidden.
 */
@Injectable()
export class JudgeIn {
  constructor(
    private readonly inForce: PolicyInForce,
    private readonly rails: JudgedRails,
    private readonly asking: AskJudge,
  ) {}

  /**
   * @throws {GuardFailure} where a rail that must judge could not: nothing is stored then;
   * {GuardedTooLong} where it judges no text so long; {DomainError} GUARDRAIL.BLOCKED for an answer that may not go on because of its prompt.
   */
  async judge(guarded: GuardedAsk, { person, place, isContinued }: ToGuard): Promise<GuardedAsk> {
    const policy = this.inForce.current;
    const settings = this.rails.usable(policy.judged('input', person));
    if (settings.length === 0 || guarded.ending) return guarded;
    const judgedText = guarded.asked ?? guarded.typed;
    const text = judgedText.with(UNNAMED);
    const run = { ...place.run, door: person.door, conversationId: 0, postId: 0 };
    const judgement = await this.rails.judge(settings, {
      ...{ stage: 'input', text, language: person.language, run },
      ask: this.asking.of(run, place.modelId),
      decide: (rail, rule) => policy.action({ rail, rule }, 'input', person),
      signal: NEVER,
    });
    const found = judgedHits(policy.id, 'input', judgement.events);
    const hits = [...guarded.hits, ...found];
    const judged = { ...guarded, hits, wasJudged: true };
    switch (judgement.action) {
      case 'failed': {
        const [closed] = found.filter(({ outcome }) => outcome === 'closed');
        if (closed?.rule === TOO_LONG) throw new GuardedTooLong(closed);
        throw new GuardFailure(closed ?? NO_VERDICT(policy.id), undefined);
      }
      case 'block':
        if (isContinued) throw new DomainError('GUARDRAIL.BLOCKED');
        return blockedAsk(judged, person.language);
      case 'mask': {
        const spans = distinct(judgement.spans, text);
        const values = spans.flatMap((span) => valuesIn(judgedText, span));
        const { typed, asked } = guarded;
        return { ...judged, typed: typed.hiding(values), asked: asked?.hiding(values) ?? null };
      }
      case 'flag':
      case 'pass':
        return judged;
    }
  }
}

/** One span of each text: the others are found with it. */
const distinct = (spans: readonly JudgedSpan[], text: string): JudgedSpan[] => [
  ...new Map(
    spans.map((span) => [`${span.kind} ${text.slice(span.start, span.end)}`, span]),
  ).values(),
];

/** What a rail found. Where part of it is hidden already, so is what stands around that. */
function valuesIn(
  text: MaskedText<GuardedPrompt>,
  { start, end, kind }: JudgedSpan,
): HiddenValue[] {
  const parts = text.plainIn(UNNAMED, start, end);
  return parts
    .map((part) => part.trim())
    .filter((part) => (parts.length === 1 ? part !== '' : WORD.test(part)))
    .map((value) => ({ kind, value }));
}

/** What is left between two that are hidden may be a comma: that is not to be hidden everywhere. */
const WORD = /[\p{L}\p{N}]{2}/u;

/** A request that was left is accepted all the same: its key finds it again. */
const NEVER = new AbortController().signal;

const NO_VERDICT = (policyId: number): RailHit => ({
  ...{ policyId, stage: 'input', rail: 'judged', rule: 'failure' },
  ...{ action: 'block', outcome: 'closed', hits: 1 },
});
