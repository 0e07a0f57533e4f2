import type { RailAction, RailStage } from '#db';
import type { Language } from '../../platform/language.rules.js';
import type { JudgedRailName, JudgedSetting } from '../policy/policy.js';

/** Which run a verdict is for, as the ledger wants to know. */
export interface JudgedRun {
  readonly runId: string;
  readonly userId: number;
  readonly username: string;
  readonly conversationId: number;
  readonly postId: number;
  readonly door: string;
}

/** A small question to a model: settled in the ledger by whoever asks it. */
export type AskModel = (question: {
  /** `provider/model`; absent: the cheapest that is there. */
  readonly model: string | undefined;
  readonly prompt: string;
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
}) => Promise<string>;

/** A text to be judged. */
export interface JudgeRequest {
  readonly stage: RailStage;
  readonly text: string;
  /** Of an answer: what was asked. */
  readonly prompt?: string;
  readonly language: Language;
  readonly setting: JudgedSetting;
  readonly run: JudgedRun;
  readonly ask: AskModel;
  /** What the policy has done where a rail would block or mask. */
  readonly decide: (rail: string, rule: string) => RailAction;
  /** Aborted when nobody waits any more, or the rail's time is over. */
  readonly signal: AbortSignal;
}

/** Part of a text that is to be masked, in UTF-16 units. */
export interface JudgedSpan {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  /** What stands in its place, in capitals. */
  readonly kind: string;
}

/** What a rail that asks somebody says of a text. */
export interface JudgedVerdict {
  readonly action: 'pass' | 'flag' | 'mask' | 'block';
  /** What led to it, by name; never what was found. */
  readonly rules: readonly string[];
  /** With `mask`. */
  readonly spans: readonly JudgedSpan[];
}

export const PASSED: JudgedVerdict = { action: 'pass', rules: [], spans: [] };

/** Without which a rail asks nobody, so that it is left out and administrators are told. */
export type MissingPart = 'embedding-model';

/** A rail that asks a model or a service. */
export abstract class JudgedRail {
  abstract readonly name: JudgedRailName;
  /** What it cannot be without and nobody has set up; undefined: it can be asked. */
  get needs(): MissingPart | undefined {
    return undefined;
  }
  /** @throws whatever keeps it from judging; that never lets a required text through. */
  abstract judge(request: JudgeRequest): Promise<JudgedVerdict>;
}
