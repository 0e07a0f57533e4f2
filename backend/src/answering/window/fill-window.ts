import { Injectable } from '@nestjs/common';
import type { ChatMessage } from '../../llm/chat-model.js';
import type { CallTokens } from '../call-need.js';
import type { AcceptedRun } from '../live-run.js';
import { BranchRepository } from './branch.repository.js';
import { type Chosen, chooseTurns } from './choose-turns.rules.js';
import { ReadBranch } from './read-branch.js';
import { leftOut, type Told, tellWindow, toldSystem, turnMessages } from './tell-window.rules.js';
import { type Branch, NO_BRANCH, placeOf } from './turn.js';

/** Whose window is filled, for which question. */
export type FillPlace = Pick<
  AcceptedRun,
  'parentId' | 'userId' | 'prompt' | 'role' | 'door' | 'language'
> & { readonly conversationId: number | null };

/** Where a window is filled, and with what besides. */
export interface FillRequest {
  /** Tokens beside what must be sent. */
  readonly room: number;
  readonly factor: number;
  readonly system: string;
}

/** Turns for which there was no room, and what stands for some of them. */
export interface FallenTurns {
  /** Newest first, none of them from before a fresh start; complete or not. */
  readonly ids: readonly number[];
  readonly freshStart: number;
}

/** The same, beside what there was room for. */
export interface Overflowing extends FallenTurns {
  /** In tokens. */
  readonly window: number;
  readonly ask: CallTokens;
}

export const NONE_FALLEN: Overflowing = {
  ...{ ids: [], freshStart: 0, window: 0 },
  ask: { prompt: 0, completion: 0 },
};

/** What is sent of a conversation. */
export interface Filled {
  readonly branch: Branch;
  readonly system: string;
  readonly messages: readonly ChatMessage[];
  /** Tokens of all that, beside the system prompt that was given. */
  readonly used: number;
  readonly told: Told;
  readonly fallen: FallenTurns;
}

/** Fills what room there is beside a question with earlier turns. */
@Injectable()
export class FillWindow {
  constructor(
    private readonly branches: ReadBranch,
    private readonly repository: BranchRepository,
  ) {}

  async fill(
    { conversationId, parentId, userId: ownerId, prompt, role, door, language }: FillPlace,
    { room, factor, system }: FillRequest,
  ): Promise<Filled> {
    const branch =
      conversationId === null || parentId === null
        ? NO_BRANCH
        : await this.branches.read(
            { conversationId, leaf: parentId, ownerId, prompt, person: { role, door, language } },
            Math.max(0, room),
            factor,
          );
    const chosen = chooseTurns(branch, Math.max(0, room), factor);
    const incomplete = await this.incompleteOf(branch, chosen);
    const told = tellWindow(branch, chosen, incomplete, factor);
    return {
      branch,
      system: toldSystem(system, branch, chosen),
      messages: turnMessages(branch, chosen),
      used: chosen.used,
      told,
      fallen: fallenOf(branch, chosen, told),
    };
  }

  /** Of what is left out, those that would be in any case. */
  private async incompleteOf(
    branch: Branch,
    chosen: Chosen,
  ): Promise<ReadonlyMap<number, 'unfinished' | 'blocked'>> {
    const { ids } = leftOut(branch, chosen);
    const states = new Map(branch.newest.map(({ postId, state }) => [postId, state]));
    const unknown = ids.filter((id) => id > branch.freshStart && !states.has(id));
    const incomplete = await this.repository.incomplete(unknown);
    for (const [id, state] of states) if (state !== 'complete') incomplete.set(id, state);
    return incomplete;
  }
}

/** The turns older than the newest ones that are sent without a gap. */
function fallenOf({ ids, freshStart }: Branch, { told }: Chosen, { begins }: Told): FallenTurns {
  const from = begins === null ? 0 : placeOf(ids, begins - 1);
  const older = told ? ids.slice(from, placeOf(ids, freshStart)) : [];
  return { ids: older, freshStart };
}
