import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { GuardedPrompt } from '../../guardrails/guarded.js';
import type { Person } from '../../guardrails/judged-text.rules.js';
import { type MaskedText, UNNAMED } from '../../guardrails/masking/masked-text.js';
import { MasksRepository } from '../../guardrails/masking/masks.repository.js';
import type { StoredTurn, SummaryText } from './turn.js';

/** Turns in which nothing was found are remembered, so that they are judged once a policy. */
const MOST_REMEMBERED = 20_000;

/** So much may be judged in one turn of the event loop, in UTF-16 units: some milliseconds. */
const AT_ONCE = 16_384;

/** What may be sent of a turn; `blocked`: nothing. */
type Judged =
  | 'plain'
  | 'blocked'
  | { readonly prompt: MaskedText<GuardedPrompt>; readonly answer: MaskedText<GuardedPrompt> };

/** Earlier turns as they may be sent now: what an older policy let through is masked again. */
@Injectable()
export class MaskTurns {
  private readonly plain = new Set<string>();

  constructor(
    private readonly guardrails: Guardrails,
    private readonly masks: MasksRepository,
  ) {}

  /** @throws {GuardFailure} where a rail fails: nothing is sent then. */
  async turns<One extends StoredTurn>(
    conversationId: number,
    person: Person,
    turns: readonly One[],
  ): Promise<One[]> {
    const { policyId } = this.guardrails;
    if (turns.every((turn) => turn.policyId === policyId)) return [...turns];
    const judged = await this.judgeAll(turns, policyId, person);
    const values = judged.flatMap((one) =>
      typeof one === 'string' ? [] : [...one.prompt.values(), ...one.answer.values()],
    );
    const nameOf = await this.masks.nameNow(conversationId, values);
    return turns.map((turn, at) => {
      const one = judged[at] ?? 'blocked';
      if (one === 'plain') return turn;
      if (one === 'blocked') return { ...turn, ...NOTHING };
      const answerTokens = one.answer.isPlain ? turn.answerTokens : null;
      return {
        ...turn,
        prompt: one.prompt.with(nameOf),
        answer: one.answer.with(nameOf),
        answerTokens,
      };
    });
  }

  /** What was summed up of turns that an older policy saw is hidden for good. */
  summary(summary: SummaryText | null, person: Person): SummaryText | null {
    if (summary === null) return null;
    const text = this.guardrails.earlier(summary.text, person)?.with(UNNAMED);
    return text === undefined ? null : { ...summary, text };
  }

  private async judgeAll(
    turns: readonly StoredTurn[],
    policyId: number,
    person: Person,
  ): Promise<Judged[]> {
    const judged: Judged[] = [];
    let read = 0;
    for (const turn of turns) {
      judged.push(turn.policyId === policyId ? 'plain' : await this.judge(turn, policyId, person));
      read += turn.prompt.length + turn.answer.length;
      if (read > AT_ONCE) {
        read = 0;
        await nextTurn();
      }
    }
    return judged;
  }

  private async judge(turn: StoredTurn, policyId: number, person: Person): Promise<Judged> {
    const { postId, prompt: asked, answer: said } = turn;
    // An answer that goes on is longer than it was.
    const key = [postId, policyId, asked.length, said.length, person.role, person.door].join(' ');
    if (this.plain.has(key)) return 'plain';
    const prompt = await this.guardrails.longEarlier(asked, person);
    const answer = await this.guardrails.longEarlier(said, person);
    if (!prompt || !answer) return 'blocked';
    if (!prompt.isPlain || !answer.isPlain) return { prompt, answer };
    this.plain.add(key);
    const [oldest] = this.plain;
    if (this.plain.size > MOST_REMEMBERED && oldest !== undefined) this.plain.delete(oldest);
    return 'plain';
  }
}

const NOTHING = { prompt: '', answer: '', answerTokens: null, state: 'blocked' } as const;
