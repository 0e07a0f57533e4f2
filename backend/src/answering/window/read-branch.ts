import { Injectable } from '@nestjs/common';
import type { Person } from '../../guardrails/judged-text.rules.js';
import { BranchIds } from './branch-ids.js';
import { BranchRepository, type KeepingTurn } from './branch.repository.js';
import { NEWEST_SHARE, turnTokens } from './choose-turns.rules.js';
import { MaskTurns } from './mask-turns.js';
import { byRelevance, relevanceTerms } from './relevance.rules.js';
import { type Branch, isAmong, NO_BRANCH, placeOf, type SummaryText, type Turn } from './turn.js';

/** Turns read at once, until there are more than there is room for. */
const PAGE = 40;
/** Of those that look relevant, what is read: they get a quarter of the room at most. */
const MOST_READ = 16;
/** Of those that were chosen before. */
const MOST_STICKY = 64;

/** A place in a conversation, and what is asked there. */
export interface BranchPlace {
  readonly conversationId: number;
  readonly leaf: number;
  readonly ownerId: number;
  readonly prompt: string;
  /** Who asks there: what may be sent depends on it. */
  readonly person: Person;
}

/** Reads as much of a branch as a window may hold. */
@Injectable()
export class ReadBranch {
  constructor(
    private readonly ids: BranchIds,
    private readonly repository: BranchRepository,
    private readonly masks: MaskTurns,
  ) {}

  /** @param room tokens that turns may take; nothing is read that is sure not to fit. */
  async read(place: BranchPlace, room: number, factor: number): Promise<Branch> {
    const { conversationId, leaf } = place;
    const [ids, marks] = await Promise.all([
      this.ids.of(conversationId, leaf),
      this.repository.marks(conversationId),
    ]);
    if (ids.length === 0) return NO_BRANCH;
    const freshStart = marks.freshStarts.find((id) => isAmong(ids, id)) ?? 0;
    const open = freshStart === 0 ? ids : ids.slice(0, placeOf(ids, freshStart));
    const newest = await this.newest(place, open, room, factor);
    const read = new Map(newest.map((turn) => [turn.postId, turn]));
    const pinned = marks.pinned.filter((id) => isAmong(ids, id));
    const isWhole = newest.length === open.length && fitting(newest, room, factor) === open.length;
    // Those that the newest turns are sure to reach need no other reason.
    const sure = isWhole ? open.length : fitting(newest, room * NEWEST_SHARE, factor);
    const eligible = open.slice(sure);
    const older = isWhole ? [] : await this.older(place, newest, eligible);
    await this.add(place, read, [...pinned, ...older]);
    const turnsOf = (some: readonly number[]) => some.flatMap((id) => read.get(id) ?? []);
    return {
      ...{ ids, freshStart, newest },
      pinned: turnsOf(pinned),
      older: turnsOf(older),
      summary: isWhole ? null : await this.summary(place, ids, freshStart),
    };
  }

  private async newest(
    place: BranchPlace,
    ids: readonly number[],
    room: number,
    factor: number,
  ): Promise<readonly KeepingTurn[]> {
    const turns: KeepingTurn[] = [];
    let tokens = 0;
    while (turns.length < ids.length && tokens <= room) {
      const page = await this.turns(place, ids.slice(turns.length, turns.length + PAGE));
      if (page.length === 0) break; // Deleted in this moment.
      turns.push(...page);
      for (const turn of page) {
        if (turn.state === 'complete') tokens += turnTokens(turn, factor);
      }
    }
    return turns;
  }

  /** As they may be sent now. */
  private async turns(
    { conversationId, person }: BranchPlace,
    ids: readonly number[],
  ): Promise<KeepingTurn[]> {
    return this.masks.turns(conversationId, person, await this.repository.turns(ids));
  }

  private async add(
    place: BranchPlace,
    read: Map<number, Turn>,
    ids: readonly number[],
  ): Promise<void> {
    const missing = new Set(ids.filter((id) => !read.has(id)));
    for (const turn of await this.turns(place, [...missing])) read.set(turn.postId, turn);
  }

  /** Those that were chosen for the turn before, then the most relevant. */
  private async older(
    { conversationId, ownerId, prompt }: BranchPlace,
    newest: readonly KeepingTurn[],
    eligible: readonly number[],
  ): Promise<readonly number[]> {
    const [to, from] = [eligible[0], eligible.at(-1)];
    if (to === undefined || from === undefined) return [];
    // A turn that failed before anything was chosen for it breaks no habit.
    const before = newest.slice(0, 3).find(({ keptIds }) => keptIds.length > 0)?.keptIds ?? [];
    const sticky = before.filter((id) => isAmong(eligible, id)).slice(0, MOST_STICKY);
    const words = relevanceTerms(prompt);
    const hits = await this.repository.hits(ownerId, { conversationId, from, to }, words);
    return [...new Set([...sticky, ...byRelevance(hits, eligible).slice(0, MOST_READ)])];
  }

  /** The one that covers most of this branch, and nothing from before a fresh start. */
  private async summary(
    { conversationId, person }: BranchPlace,
    ids: readonly number[],
    freshStart: number,
  ): Promise<SummaryText | null> {
    const summaries = await this.repository.summaries(conversationId);
    const found = summaries.find(
      ({ postId, afterPostId }) => isAmong(ids, postId) && (afterPostId ?? 0) >= freshStart,
    );
    return this.masks.summary(found ?? null, person);
  }
}

/** How many of the newest turns come to no more than so many tokens. */
function fitting(turns: readonly Turn[], room: number, factor: number): number {
  let tokens = 0;
  const over = turns.findIndex((turn) => {
    tokens += turn.state === 'complete' ? turnTokens(turn, factor) : 0;
    return tokens > room;
  });
  return over === -1 ? turns.length : over;
}
