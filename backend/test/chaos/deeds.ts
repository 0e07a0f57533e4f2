/** What a person does that starts a run. */
export const DEED_KINDS = ['ask', 'ask-anew', 'edit', 'regenerate', 'continue'] as const;
export type DeedKind = (typeof DEED_KINDS)[number];

/** Something that was asked of the server, and all that its asker has seen of it. */
export interface Deed {
  /** The `Idempotency-Key`, the same each time it is sent. */
  readonly key: string;
  readonly kind: DeedKind;
  /** The question's number, which its prompt says. */
  readonly question: number;
  readonly prompt: string;
  /** The prompt as the database must have it; undefined: it must not have it. */
  readonly stored: string | undefined;
  readonly path: string;
  readonly body: unknown;
  /** How the post stood that it regenerates or continues. */
  readonly before: string | undefined;
  /** How often it was sent. */
  sends: number;
  /** `performance.now()` when its `post` event or its 201 arrived. */
  acceptedAt?: number;
  postId?: number;
  /** What its asker waits for, or heard last. */
  last?: string;
  /** How it ended, as its asker was told. */
  endedAs?: string;
  /** Why the server would not do it, though it was there. */
  refused?: string;
}

/** Text that a person had seen and that was gone after a kill. */
export interface Loss {
  readonly postId: number;
  readonly characters: number;
  /** `performance.now()` when its first character was seen. */
  readonly seenAt: number;
  /** The life of the server that sent it. */
  readonly life: number;
  /** What became of the post. */
  readonly status: string;
}

/** The client's side of the story: written down as it is seen, before anything is asked again. */
export class ClientLedger {
  readonly deeds: Deed[] = [];
  readonly losses: Loss[] = [];
  /** What must never be seen: a hole in a text, a text that changed. */
  readonly faults: string[] = [];
  /** The whole text of each post, as its asker has it now. */
  readonly texts = new Map<number, string>();
  private questions = 0;

  /** A number that no question had. */
  nextQuestion(): number {
    this.questions += 1;
    return this.questions;
  }

  /** Writes a deed down, before it is sent for the first time. */
  add(deed: Omit<Deed, 'sends'>): Deed {
    const noted = { ...deed, sends: 0 };
    this.deeds.push(noted);
    return noted;
  }
}
