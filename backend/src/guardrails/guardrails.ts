import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ChatMessage } from '../llm/chat-model.js';
import { notStored } from './events/rail-message.js';
import type { GuardedMessage, GuardedPassage, GuardedPrompt, ReleasedText } from './guarded.js';
import { GuardFailure } from './guard-failure.js';
import {
  closedHit,
  decide,
  type Decided,
  hitsOf,
  isEnding,
  masked,
  type Person,
  type RailHit,
} from './judged-text.rules.js';
import { MaskedText, UNNAMED } from './masking/masked-text.js';
import { withoutPlaceholders } from './masking/placeholder.rules.js';
import { LocalOutputRails, type OutputRails } from './output/output-rails.js';
import { type Policy, PolicyInForce } from './policy/policy.js';
import type { OutputContext } from './rails/local-rails.js';
import { Turns } from './turns.js';
import { readableAddress, visibleText } from './retrieved-text.rules.js';

/** Of a prompt that is judged at once, in UTF-16 units: about three milliseconds. */
const LONGEST_AT_ONCE = 16_384;

/** Nobody writes it by chance. */
const CANARY_BYTES = 6;

/** What rails say about a text that goes in. */
interface JudgedText {
  readonly policyId: number;
  readonly hits: readonly RailHit[];
}

/** What the input rails decided. `answer` and `block` end the run before any model is called. */
export type InputVerdict = JudgedText &
  (
    | { readonly action: 'pass'; readonly text: MaskedText<GuardedPrompt> }
    | {
        readonly action: 'answer';
        readonly rail: string;
        readonly text: MaskedText<GuardedPrompt>;
        readonly answer: ReleasedText;
      }
    /** Its text is a notice, to be stored in the place of the prompt. */
    | { readonly action: 'block'; readonly rail: string; readonly text: MaskedText<GuardedPrompt> }
  );

/** What the rails decided about retrieved text; without a text where none of it may be used. */
export interface PassageVerdict extends JudgedText {
  readonly text: MaskedText<GuardedPassage> | undefined;
}

/** What the rails decided about the address of a source. */
export interface AddressVerdict {
  readonly hits: readonly RailHit[];
  /** Null where it may not be shown. */
  readonly url: string | null;
  /** Whether anything of the source may be used: of one that is blocked, nothing. */
  readonly isUsable: boolean;
}

/** The rails around every model call, and the only place where text becomes guarded or released. */
@Injectable()
export class Guardrails {
  /** In every system prompt of this process, and in no answer: see {@link OutputContext}. */
  readonly canary = `pr-${randomBytes(CANARY_BYTES).toString('hex')}`;

  private readonly turns = new Turns();

  constructor(private readonly inForce: PolicyInForce) {}

  /** Of the policy that judges now. */
  get policyId(): number {
    return this.inForce.current.id;
  }

  /**
   * Judges a prompt before it is stored. Local rules only: takes less than a millisecond for 4 KB.
   * @throws {GuardFailure} where a rail fails: nothing passes then.
   */
  input(prompt: string, person: Person): InputVerdict {
    const policy = this.inForce.current;
    return inputVerdict(policy, prompt, this.decided(policy, prompt, person), person);
  }

  /**
   * The same verdict; a long prompt is judged in turns of a few milliseconds, one prompt after the
   * other, so that no number of them holds up everybody else.
   * @throws {GuardFailure} where a rail fails: nothing passes then.
   */
  async longInput(prompt: string, person: Person): Promise<InputVerdict> {
    if (prompt.length <= LONGEST_AT_ONCE) return this.input(prompt, person);
    const policy = this.inForce.current;
    return inputVerdict(policy, prompt, await this.decidedInTurns(policy, prompt, person), person);
  }

  /** Judges what a document or a page says, before it becomes a source. A rail that fails drops it. */
  passage(text: string, person: Person): PassageVerdict {
    const policy = this.inForce.current;
    const { id: policyId } = policy;
    const visible = visibleText(text);
    try {
      const findings = policy.local.find(visible, 'retrieved');
      const decided = decide(policy, findings, 'retrieved', person);
      const hits = hitsOf(policyId, 'retrieved', decided);
      const kept = decided.some(isEnding)
        ? undefined
        : masked<GuardedPassage>(policy, visible, decided, person);
      return { policyId, hits, text: kept };
    } catch {
      return { policyId, hits: [closedHit(policyId, 'retrieved')], text: undefined };
    }
  }

  /**
   * A text that the rails of an older policy saw, or none, as it may be sent now.
   * @returns undefined where it may not be sent at all.
   * @throws {GuardFailure} where a rail fails.
   */
  earlier(text: string, person: Person): MaskedText<GuardedPrompt> | undefined {
    const policy = this.inForce.current;
    return sendable(policy, text, this.decided(policy, text, person), person);
  }

  /** The same; a long text is judged in turns, as a long prompt is. @throws {GuardFailure} as it does. */
  async longEarlier(text: string, person: Person): Promise<MaskedText<GuardedPrompt> | undefined> {
    if (text.length <= LONGEST_AT_ONCE) return this.earlier(text, person);
    const policy = this.inForce.current;
    return sendable(policy, text, await this.decidedInTurns(policy, text, person), person);
  }

  /**
   * A text as it may leave for a search engine: without anybody's data, nor what stands for it.
   * @throws {GuardFailure} where a rail fails.
   */
  query(text: string, person: Person): GuardedPrompt {
    const kept = this.earlier(text, person)?.with(() => ' ') ?? '';
    return withoutPlaceholders(kept) as GuardedPrompt;
  }

  /** A passage that was kept: what must be hidden by now is hidden for good. */
  keptPassage(text: string, person: Person): GuardedPassage {
    return this.passage(text, person).text?.with(UNNAMED) ?? ('' as GuardedPassage);
  }

  /**
   * Judges where a source leads. It is used whole or not at all: with a part of it hidden an address
   * leads elsewhere.
   */
  address(url: string, person: Person): AddressVerdict {
    const { text, hits } = this.passage(readableAddress(url), person);
    return { hits, isUsable: text !== undefined, url: text?.isPlain === true ? url : null };
  }

  /** Names what a model is about to be sent: every part of it was judged when it came. */
  messages(messages: readonly ChatMessage[]): readonly GuardedMessage[] {
    return messages as readonly GuardedMessage[];
  }

  /**
   * Rails for one answer.
   * @param earlier what it holds already, where it goes on: what began there may end in what follows.
   */
  output(person: Person, context: OutputContext = {}, earlier = ''): OutputRails {
    return new LocalOutputRails(this.inForce.current, person, context, earlier);
  }

  /** Text that was released before and comes back from the database. */
  stored(text: string): ReleasedText {
    return text as ReleasedText;
  }

  private async decidedInTurns(policy: Policy, text: string, person: Person): Promise<Decided[]> {
    try {
      const findings = await this.turns.take(() => policy.local.steps(text, 'input'));
      return decide(policy, findings, 'input', person);
    } catch (error) {
      throw new GuardFailure(closedHit(policy.id, 'input'), error);
    }
  }

  private decided(policy: Policy, text: string, person: Person): Decided[] {
    try {
      const findings = policy.local.find(text, 'input');
      return findings.length === 0 ? [] : decide(policy, findings, 'input', person);
    } catch (error) {
      throw new GuardFailure(closedHit(policy.id, 'input'), error);
    }
  }
}

/** What may be sent of an earlier text in which that was found; undefined: nothing. */
const sendable = (
  policy: Policy,
  text: string,
  decided: readonly Decided[],
  person: Person,
): MaskedText<GuardedPrompt> | undefined =>
  decided.some(({ action }) => action === 'block')
    ? undefined
    : masked(policy, text, decided, person);

/** What comes of a prompt in which that was found. */
function inputVerdict(
  policy: Policy,
  prompt: string,
  decided: readonly Decided[],
  person: Person,
): InputVerdict {
  const { id: policyId } = policy;
  if (decided.length === 0) {
    return { action: 'pass', policyId, hits: [], text: new MaskedText(prompt) };
  }
  const hits = hitsOf(policyId, 'input', decided);
  const block = decided.find(({ action }) => action === 'block');
  if (block) {
    const notice = new MaskedText<GuardedPrompt>(notStored[person.language]);
    return { action: 'block', policyId, hits, rail: block.rail, text: notice };
  }
  const text = masked<GuardedPrompt>(policy, prompt, decided, person);
  for (const { action, rail, rule } of decided) {
    const answer = action === 'answer' && policy.text(rail, rule, person.language);
    if (typeof answer === 'string') {
      return { action: 'answer', policyId, hits, rail, text, answer: answer as ReleasedText };
    }
  }
  return { action: 'pass', policyId, hits, text };
}
