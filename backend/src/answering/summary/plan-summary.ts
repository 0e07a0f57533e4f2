import { Injectable } from '@nestjs/common';
import { ModelHealth } from '../../llm/model-health.js';
import { ModelRegistry } from '../../llm/registry.js';
import { SummaryModels } from '../../llm/title-models.js';
import { CallNeed } from '../call-need.js';
import type { Ended } from '../steps/settle.js';
import { BranchRepository } from '../window/branch.repository.js';
import { turnTokens } from '../window/choose-turns.rules.js';
import { MaskTurns } from '../window/mask-turns.js';
import type { Turn } from '../window/turn.js';
import { SummaryWorkRepository } from './summary-work.repository.js';
import { leastFallen, pays, planned, summaryTokens } from './summary.rules.js';
import { type SummaryCall, WriteSummary } from './write-summary.js';

/** Turns read for one summary at most. */
const MOST_TURNS = 200;
/** Of the summary model's window, what is read. */
const MOST_OF_WINDOW = 1 / 2;
const MOST_REMEMBERED = 1000;

/** Decides whether a summary is worth a call, and of what. */
@Injectable()
export class PlanSummary {
  /** Up to which post a summary was asked for in vain, by conversation. */
  private readonly vain = new Map<number, number>();

  constructor(
    private readonly writers: SummaryModels,
    private readonly models: ModelRegistry,
    private readonly health: ModelHealth,
    private readonly needs: CallNeed,
    private readonly work: SummaryWorkRepository,
    private readonly branch: BranchRepository,
    private readonly masks: MaskTurns,
    private readonly summaries: WriteSummary,
  ) {}

  /** @returns undefined: none is made after this answer. */
  async worthMaking({ run, modelId, fallen }: Ended): Promise<SummaryCall | undefined> {
    const writer = await this.writers.writerFor(modelId);
    if (!writer || !this.health.isWell(writer.id)) return undefined;
    const { conversationId } = run.accepted;
    const earlier = await this.before(conversationId, fallen);
    if (earlier === 'none') return undefined;
    const before = this.masks.summary(earlier, run.accepted);
    const { window, ask } = fallen;
    const since = fallen.ids.filter((id) => id > (before?.postId ?? 0));
    const ids = before ? since.slice(-MOST_TURNS) : since.slice(0, MOST_TURNS);
    const stored = await this.branch.turns(ids);
    const turns = (await this.masks.turns(conversationId, run.accepted, stored)).reverse();
    if (tokensOf(turns, this.vain.get(conversationId) ?? 0) < leastFallen(window)) return undefined;
    const tokens = summaryTokens(window);
    const room = Math.min(writer.contextWindow * MOST_OF_WINDOW, ask.prompt) - 2 * tokens;
    const plan = planned(before, turns, room);
    const [first] = plan.turns;
    if (!first) return undefined;
    const older = fallen.ids.find((id) => id < first.postId);
    const afterPostId = before ? before.afterPostId : (older ?? (fallen.freshStart || null));
    const call = this.summaries.callOf(writer, { ...plan, afterPostId }, tokens);
    if (!call) return undefined;
    const { used: prompt, reserved: completion } = call.fitted.context;
    const [cost, asking] = await Promise.all([
      this.needs.of(writer, { prompt, completion }, []),
      this.needs.of(await this.models.resolve(modelId), ask, []),
    ]);
    return pays(tokensOf(turns, 0), window, cost, asking) ? call : undefined;
  }

  /** A model was asked in vain: it is not asked again before as much more has fallen out. */
  failed(conversationId: number, { plan }: SummaryCall): void {
    this.vain.delete(conversationId);
    this.vain.set(conversationId, plan.turns.at(-1)?.postId ?? 0);
    const [oldest] = this.vain.keys();
    if (this.vain.size > MOST_REMEMBERED && oldest !== undefined) this.vain.delete(oldest);
  }

  /** The summary to go on from; none is made after one that was undone, or while one is made. */
  private async before(conversationId: number, { ids, freshStart }: Ended['fallen']) {
    const onBranch = new Set(ids);
    const all = await this.work.all(conversationId);
    const last = all.find(
      ({ postId, afterPostId }) => onBranch.has(postId) && (afterPostId ?? 0) >= freshStart,
    );
    if (!last) return null;
    return last.owner === null && last.undoneAt === null ? last : 'none';
  }
}

const tokensOf = (turns: readonly Turn[], after: number): number =>
  turns
    .filter(({ postId, state }) => state === 'complete' && postId > after)
    .reduce((sum, turn) => sum + turnTokens(turn, 1), 0);
