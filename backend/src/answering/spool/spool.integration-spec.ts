import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { GuardedPrompt, ReleasedText } from '../../guardrails/guarded.js';
import { NO_WISHES } from '../../posts/wishes.rules.js';
import { RunTrace } from '../../tracing/run-trace.js';
import { LiveRun } from '../live-run.js';
import { ProcessId } from '../process-id.js';
import { Spool } from './spool.js';
import { SpoolFolder } from './spool-folder.js';

const aRun = () =>
  new LiveRun(
    {
      ...{ id: 'a'.repeat(32), kind: 'ask', postId: 1, parentId: null, conversationId: 1 },
      ...{ userId: 1, username: 'ana', role: 'member', modelId: 'quotes', wishes: NO_WISHES },
      prompt: 'olá' as GuardedPrompt,
      typed: 'olá' as GuardedPrompt,
      earlierText: '' as ReleasedText,
      instructions: { person: null, conversation: null },
      ...{ language: 'pt-BR', door: 'web' },
    },
    new RunTrace(null),
  );

it('should not think it holds what went with a file that was put away meanwhile', async () => {
  const data = mkdtempSync(join(tmpdir(), 'prosa-spool-'));
  const spool = new Spool(new SpoolFolder({ DATA_DIR: data, SPOOL_MB: 1 }), new ProcessId());
  const run = aRun();
  run.release('um ' as ReleasedText);
  await spool.keep([run], 3000);
  expect(run.unkept()).toBeUndefined();
  // A checkpoint that hung is committed while more is being kept.
  run.release('dois ' as ReleasedText);
  const keeping = spool.keep([run], 3000);
  expect(run.markStored(3)).toBe(true);
  await Promise.all([keeping, spool.forget(run)]);
  expect(readdirSync(join(data, 'spool'))).toEqual([]);
  expect(run.unkept()).toMatchObject({ start: 3, text: 'dois ' });
  rmSync(data, { recursive: true });
});
