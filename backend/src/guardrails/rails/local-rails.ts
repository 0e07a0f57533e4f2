import type { RailStage } from '#db';
import type { Steps } from './steps.js';

/** Rails that need neither a model nor a service: they judge by rules, in linear time. */
export const LOCAL_RAILS = [
  'blocked-terms',
  'disallowed-topics',
  'set-answers',
  'prompt-attacks',
  'personal-data',
  'secrets',
  'links',
  'system-prompt',
  'patterns',
] as const;
export type LocalRailName = (typeof LOCAL_RAILS)[number];

/** Something that a local rail found. What is done about it is the policy's to say. */
export interface Finding {
  readonly rail: LocalRailName;
  /** Of the policy: a list, a topic, a kind of data. */
  readonly rule: string;
  /** Where, in UTF-16 units of the text as it was given; `end` is behind its last unit. */
  readonly start: number;
  readonly end: number;
  /** Of personal data and secrets: what stands in its place, in capitals (`CPF`). */
  readonly kind?: string;
  /** Of a link: what of it is hidden, and so how what stands in its place has to read. */
  readonly hides?: 'picture' | 'address' | 'destination' | 'bracket';
  /**
   * Of a text that is still coming: the finding may be longer than is held back, so it is told in
   * parts without a gap between them. Absent: this is all of it.
   */
  readonly part?: 'first' | 'next' | 'last';
}

/** What the rails know of the answer that they judge. */
export interface OutputContext {
  /** A word of the system prompt that no answer has a reason to hold. */
  readonly canary?: string | undefined;
  /** The system prompt, long parts of which are not to be repeated. */
  readonly systemPrompt?: string | undefined;
  /** Hosts that links may lead to: of the sources and of the question. */
  readonly hosts?: ReadonlySet<string> | undefined;
}

/** What is known of a text that is still coming. */
export interface Found {
  /** What is sure now, whatever comes; each is told once, in order of its start. */
  readonly findings: readonly Finding[];
  /** Up to here, in UTF-16 units from the beginning, nothing that comes can find anything. */
  readonly settled: number;
}

/** A text that comes in pieces. However it is cut, its findings are those of the whole. */
export interface FindingStream {
  push(text: string): Found;
  /** The text ends here: what is still open is judged as it stands. */
  end(): Found;
  /**
   * What the text is within, were it cut off here: findings that would be made were it to go on, and
   * of which enough is there to tell. Asked before its end.
   */
  cutOff(): readonly Finding[];
}

/** The local rails of one policy, made ready. Holds no state of any text. */
export interface LocalRails {
  /** How many rules each rail has. */
  readonly counts: Readonly<Record<LocalRailName, number>>;
  /** Every finding in a whole text, by start. */
  find(text: string, stage: RailStage, context?: OutputContext): readonly Finding[];
  /** The same findings, in steps: for a long text, between whose parts others have a turn. */
  steps(text: string, stage: RailStage, context?: OutputContext): Steps<readonly Finding[]>;
  /** The same of a text that comes in pieces. */
  stream(stage: RailStage, context?: OutputContext): FindingStream;
}
