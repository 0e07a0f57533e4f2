import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { RailOutcome } from '#db';
import type { JudgedSetting } from '../policy/policy.js';
import {
  JudgedRail,
  type JudgedSpan,
  type JudgedVerdict,
  type JudgeRequest,
  type MissingPart,
  PASSED,
} from './judged-rail.js';
import { TooLongToJudge } from './pieces.rules.js';

/** As which rule it is recorded that a text was longer than a rail judges. */
export const TOO_LONG = 'too-long';

/** Under which all judged rails are injected. */
export const JUDGED_RAIL_LIST = Symbol('judged rails');

/** What is to be kept of a rail's verdict: never what it judged. */
export interface JudgedEvent {
  readonly rail: string;
  readonly rule: string;
  readonly action: JudgedVerdict['action'];
  readonly outcome: RailOutcome;
  readonly durationMs: number;
}

/** What all judged rails of a stage say together. */
export interface Judgement {
  /** The strictest of them; `failed`: one that must judge could not, so nothing passes. */
  readonly action: JudgedVerdict['action'] | 'failed';
  readonly spans: readonly JudgedSpan[];
  readonly events: readonly JudgedEvent[];
}

type Asked = Omit<JudgeRequest, 'setting'>;

const STRICTNESS: readonly Judgement['action'][] = ['pass', 'flag', 'mask', 'block', 'failed'];

/** Has a text judged by every rail that is on, at the same time, each within its own time. */
@Injectable()
export class JudgedRails {
  private readonly logger = new Logger(JudgedRails.name);
  private readonly rails: ReadonlyMap<string, JudgedRail>;

  constructor(@Inject(JUDGED_RAIL_LIST) rails: readonly JudgedRail[]) {
    this.rails = new Map(rails.map((rail) => [rail.name, rail]));
  }

  /** Settings without those of rails that nobody has set up: they are left out, and told of. */
  usable(settings: readonly JudgedSetting[]): readonly JudgedSetting[] {
    return settings.filter(({ rail }) => this.needs(rail) === undefined);
  }

  /** What a rail cannot be without and nobody has set up. */
  needs(rail: JudgedSetting['rail']): MissingPart | undefined {
    return this.rails.get(rail)?.needs;
  }

  /** Never throws: a rail that fails closes where it is required, and opens, flagged, where not. */
  async judge(settings: readonly JudgedSetting[], asked: Asked): Promise<Judgement> {
    const told = await Promise.all(settings.map((setting) => this.one({ ...asked, setting })));
    return {
      action: STRICTNESS[Math.max(0, ...told.map(({ action }) => STRICTNESS.indexOf(action)))]!,
      spans: told.flatMap(({ spans }) => spans),
      events: told.flatMap(({ events }) => events),
    };
  }

  private async one(request: JudgeRequest): Promise<Judgement> {
    const { setting, signal } = request;
    const startedAt = performance.now();
    const tookMs = () => Math.round(performance.now() - startedAt);
    const over = new AbortController();
    const own = AbortSignal.any([signal, over.signal]);
    try {
      const said = await Promise.race([
        this.judged({ ...request, signal: own }),
        tooLate(setting.timeoutMs, own),
      ]);
      const verdict = milder(said, setting, request.decide);
      return { ...verdict, events: eventsOf(setting, verdict, tookMs()) };
    } catch (error) {
      if (signal.aborted) return GIVEN_UP;
      this.warn(request, error);
      const rule = error instanceof TooLongToJudge ? TOO_LONG : 'failed';
      return failed(setting, rule, tookMs());
    } finally {
      over.abort();
    }
  }

  private async judged(request: JudgeRequest): Promise<JudgedVerdict> {
    const rail = this.rails.get(request.setting.rail);
    if (!rail) throw new Error(`There is no rail named ${request.setting.rail}`);
    return request.text.trim() === '' ? PASSED : rail.judge(request);
  }

  /** The error's name and code: its message may hold what was judged. */
  private warn({ setting, run, stage }: JudgeRequest, error: unknown): void {
    const { name, code } = error as { name?: string; code?: string };
    this.logger.warn(
      { error: name, code, rail: setting.rail, stage, runId: run.runId },
      setting.required ? 'a required rail failed: nothing passes' : 'a rail failed: it lets pass',
    );
  }
}

/** Nobody waits for the verdict any more: nothing passes, and nothing is told of it. */
const GIVEN_UP: Judgement = { action: 'failed', spans: [], events: [] };

async function tooLate(ms: number, signal: AbortSignal): Promise<never> {
  await wait(ms, undefined, { signal, ref: false });
  throw new Error(`No verdict after ${String(ms)} ms`);
}

/** A policy may have flagged, or let pass, what a rail would block or mask. */
function milder(
  verdict: JudgedVerdict,
  { rail }: JudgedSetting,
  decide: JudgeRequest['decide'],
): JudgedVerdict {
  if (verdict.action === 'pass' || verdict.action === 'flag') return verdict;
  const wanted = verdict.rules.map((rule) => decide(rail, rule));
  if (!wanted.every((action) => action === 'flag' || action === 'pass')) return verdict;
  return { ...verdict, action: wanted.includes('flag') ? 'flag' : 'pass', spans: [] };
}

function eventsOf(
  { rail }: JudgedSetting,
  { action, rules }: JudgedVerdict,
  durationMs: number,
): JudgedEvent[] {
  return rules.map((rule) => ({ rail, rule, action, outcome: 'hit', durationMs }));
}

function failed({ rail, required }: JudgedSetting, rule: string, durationMs: number): Judgement {
  const outcome = required ? 'closed' : 'opened';
  const action = required ? 'block' : 'flag';
  return {
    action: required ? 'failed' : 'flag',
    spans: [],
    events: [{ rail, rule, action, outcome, durationMs }],
  };
}
