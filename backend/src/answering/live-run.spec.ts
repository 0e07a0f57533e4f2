import { describe, expect, it } from '@jest/globals';
import type { GuardedPrompt, ReleasedText } from '../guardrails/guarded.js';
import { RunTrace } from '../tracing/run-trace.js';
import { NO_WISHES } from '../posts/wishes.rules.js';
import { type AcceptedRun, LiveRun } from './live-run.js';

const released = (text: string) => text as ReleasedText;
const aRun = (earlierText = ''): LiveRun =>
  new LiveRun(
    {
      id: 'a'.repeat(32),
      kind: 'ask',
      postId: 1,
      parentId: null,
      conversationId: 1,
      userId: 1,
      username: 'ana',
      role: 'member',
      prompt: 'olá' as GuardedPrompt,
      typed: 'olá' as GuardedPrompt,
      earlierText: released(earlierText),
      instructions: { person: null, conversation: null },
      modelId: 'quotes',
      wishes: NO_WISHES,
      language: 'pt-BR',
      door: 'web',
    } satisfies AcceptedRun,
    new RunTrace(null),
  );

describe(LiveRun.name, () => {
  it('should have nothing to store before text is released', () => {
    expect(aRun().unstored()).toBeUndefined();
    expect(aRun('antes').unstored()).toBeUndefined();
  });

  it('should hand each released character to exactly one checkpoint', () => {
    const run = aRun();
    run.release(released('um '));
    run.release(released('dois '));
    expect(run.unstored()?.part).toEqual({ seq: 1, start: 0, text: 'um dois ' });
    run.markStored(8);
    expect(run.unstored()).toBeUndefined();
    run.release(released('três'));
    expect(run.unstored()?.part).toEqual({ seq: 2, start: 8, text: 'três' });
    expect(run.released).toBe('um dois três');
  });

  it('should keep text that came while a checkpoint was being written', () => {
    const run = aRun();
    run.release(released('um '));
    const part = run.unstored()?.part;
    run.release(released('dois'));
    run.markStored(Number(part?.start) + String(part?.text).length);
    expect(run.unstored()?.part).toEqual({ seq: 2, start: 3, text: 'dois' });
  });

  it('should offer the same part again after a checkpoint that failed', () => {
    const run = aRun();
    run.release(released('um '));
    run.unstored();
    run.release(released('dois'));
    expect(run.unstored()?.part).toEqual({ seq: 1, start: 0, text: 'um dois' });
  });

  it('should store what it stands on with its first text, and once', () => {
    const run = aRun();
    run.standOn({ route: 'knowledge', reason: 'asked' }, []);
    expect(run.unstored()).toBeUndefined();
    run.release(released('um '));
    expect(run.unstored()?.standing).toEqual({
      route: 'knowledge',
      reason: 'asked',
      sources: [],
    });
    run.markStored(3);
    run.release(released('dois'));
    expect(run.unstored()).toEqual({
      part: { seq: 2, start: 3, text: 'dois' },
      standing: undefined,
    });
  });

  it('should begin after the text it goes on with', () => {
    const run = aRun('era uma ');
    run.release(released('vez'));
    expect(run.unstored()?.part).toEqual({ seq: 1, start: 8, text: 'vez' });
    expect(run.released).toBe('era uma vez');
  });

  it('should remember the first reason to stop, and pass it on', () => {
    const run = aRun();
    expect(run.stopReason).toBeUndefined();
    run.stop('stopped');
    run.stop('interrupted');
    expect(run.stopReason).toBe('stopped');
    expect(run.signal.aborted).toBe(true);
  });

  it('should tell those who wait how it ended', async () => {
    const run = aRun();
    run.finish('done');
    await expect(run.ended).resolves.toBe('done');
  });
});
