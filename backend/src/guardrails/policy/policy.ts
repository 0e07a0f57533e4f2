import type { RailAction, RailStage } from '#db';
import type { Language } from '../../platform/language.rules.js';
import type { LocalRails } from '../rails/local-rails.js';

/** Rails that ask a model or a service. */
export const JUDGED_RAILS = ['self-check', 'bedrock', 'topic-judge', 'topic-embeddings'] as const;
export type JudgedRailName = (typeof JUDGED_RAILS)[number];

/** Who is judged: a policy may be stricter or milder with a role, or at a door. */
export interface Judged {
  readonly role: string;
  readonly door: string;
}

/** How a rail that asks somebody is to be used at a stage. */
export interface JudgedSetting {
  readonly rail: JudgedRailName;
  /** `required`: where it fails, nothing passes. Otherwise all does, flagged. */
  readonly required: boolean;
  /** After so long it counts as failed, in milliseconds. */
  readonly timeoutMs: number;
  /** Of the rail: the guardrail's id and version, the model to ask, the prompt. */
  readonly options: Readonly<Record<string, string>>;
}

/** One version of the rails, validated and made ready. Never changes. */
export interface Policy {
  /** Of `guardrail_policies`. */
  readonly id: number;
  readonly local: LocalRails;
  /** What is to be done about a finding; `rail` may be a judged one. */
  action(
    found: { readonly rail: string; readonly rule: string },
    stage: RailStage,
    who: Judged,
  ): RailAction;
  /** What a rule answers or puts in the place of what it found; undefined: nothing of its own. */
  text(rail: string, rule: string, language: Language): string | undefined;
  /** The judged rails that are on. */
  judged(stage: RailStage, who: Judged): readonly JudgedSetting[];
}

/** The policy in force, and news of another. The token under which it is injected. */
export abstract class PolicyInForce {
  abstract get current(): Policy;
}
