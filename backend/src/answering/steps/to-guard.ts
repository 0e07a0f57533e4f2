import type { Post } from '#db';
import type { JudgedRun } from '../../guardrails/judged/judged-rail.js';
import type { Person } from '../../guardrails/judged-text.rules.js';
import type { Instructions } from '../system-prompt.js';

/** What is asked: as a person typed it, and where a command makes more of that, what the model gets. */
export type Wording = Pick<Post, 'prompt' | 'asked'>;

/** What is to be judged, of whom. */
export interface ToGuard {
  readonly wording: Wording;
  readonly instructions: Instructions;
  readonly person: Person;
  readonly userId: number;
  /** Whether it goes on in an answer: then nothing is answered in its place, nor stored. */
  readonly isContinued: boolean;
  /** For rails that ask a model or a service: which run pays, and whose answer it is for. */
  readonly place: {
    readonly run: Pick<JudgedRun, 'runId' | 'userId' | 'username'>;
    readonly modelId: string;
  };
}
