/** What one policy of a Bedrock guardrail says. */
export interface GuardrailItem {
  readonly policy: 'topic' | 'content' | 'word' | 'personal-data' | 'pattern' | 'grounding';
  /** As the guardrail names it: a topic, `VIOLENCE`, `EMAIL`, `PROFANITY`; never what was found. */
  readonly name: string;
  readonly action: 'BLOCKED' | 'ANONYMIZED' | 'NONE';
  /** What was found, as it stands in the text: raw, and so for no log. */
  readonly match?: string;
}

/** Text units that each policy was charged for: one is up to 1,000 characters. */
export interface GuardrailUnits {
  readonly topic: number;
  readonly content: number;
  readonly word: number;
  readonly personalData: number;
  readonly grounding: number;
}

/** What a Bedrock guardrail answers about a text. */
export interface GuardrailAnswer {
  /** Whether it would have the text changed or withheld. */
  readonly intervened: boolean;
  readonly items: readonly GuardrailItem[];
  /** The text with its masks, or what to say in its place. */
  readonly output: string;
  readonly units: GuardrailUnits;
  /** By the service's own clock; null where it does not say. */
  readonly latencyMs: number | null;
}
