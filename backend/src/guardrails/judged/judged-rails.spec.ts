import type { RailAction } from '#db';
import { JudgedRail, type JudgedVerdict } from './judged-rail.js';
import { JudgedRails, type Judgement } from './judged-rails.js';

const MASK: JudgedVerdict = {
  action: 'mask',
  rules: ['personal-data:EMAIL'],
  spans: [{ rule: 'personal-data:EMAIL', start: 0, end: 5, kind: 'EMAIL' }],
};
const BLOCK: JudgedVerdict = { action: 'block', rules: ['topic:X'], spans: [] };
const RUN = { runId: 'r', userId: 1, username: 'ana', conversationId: 1, postId: 1, door: 'web' };

/** Says what it is given to say. */
class Says extends JudgedRail {
  override readonly name = 'bedrock';

  constructor(private readonly verdict: JudgedVerdict) {
    super();
  }

  override judge(): Promise<JudgedVerdict> {
    return Promise.resolve(this.verdict);
  }
}

const judged = (verdict: JudgedVerdict, wanted: RailAction): Promise<Judgement> =>
  new JudgedRails([new Says(verdict)]).judge(
    [{ rail: 'bedrock', required: true, timeoutMs: 1000, options: {} }],
    {
      ...{ stage: 'input', text: 'ana@x', language: 'pt-BR', run: RUN },
      ask: () => Promise.reject(new Error('asks nobody')),
      decide: () => wanted,
      signal: new AbortController().signal,
    },
  );

describe(JudgedRails, () => {
  it.each([
    [MASK, 'block', 'mask', 1],
    [BLOCK, 'block', 'block', 0],
    [MASK, 'flag', 'flag', 0],
    [BLOCK, 'flag', 'flag', 0],
    [MASK, 'pass', 'pass', 0],
  ] as const)(
    'should do about %j, where the policy says %s: %s',
    async (said, wanted, action, n) => {
      const judgement = await judged(said, wanted);
      expect(judgement.action).toBe(action);
      expect(judgement.spans).toHaveLength(n);
    },
  );
});
