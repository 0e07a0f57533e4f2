import { batchEnd, JudgedBatches } from './judged-batches.js';
import type { Judgement } from './judged-rails.js';

const PASS: Judgement = { action: 'pass', spans: [], events: [] };
const BLOCK: Judgement = { action: 'block', spans: [], events: [] };
const prose = (length: number) => 'palavra '.repeat(Math.ceil(length / 8)).slice(0, length);

/** Batches whose verdicts are given by hand. */
function batchesOf(verdict: (text: string) => Judgement, earlier?: string) {
  const asked: string[] = [];
  const shown: string[] = [];
  const stopped: Judgement[] = [];
  const batches = new JudgedBatches(
    (text) => {
      asked.push(text);
      return Promise.resolve(verdict(text));
    },
    {
      pass: (text) => shown.push(text),
      stop: (judgement) => stopped.push(judgement),
    },
    earlier,
  );
  return { batches, asked, shown, stopped };
}

describe(batchEnd, () => {
  it('should wait at first for the end of a sentence or 200 characters, then for more', () => {
    expect(batchEnd('Uma frase sem fim', true)).toBe(0);
    expect(batchEnd('Uma frase. Outra', true)).toBe('Uma frase. '.length);
    expect(batchEnd(prose(200), true)).toBe(200);
    expect(batchEnd(prose(200), false)).toBe(0);
    expect(batchEnd(prose(880), false)).toBe(880);
  });
});

describe(JudgedBatches, () => {
  it('should judge the end of what was shown before with what goes on in it', async () => {
    const { batches, asked, shown } = batchesOf(() => PASS, `${prose(500)}quem bate na por`);
    batches.push('ta é ele. ');
    await batches.end();
    expect(asked).toEqual([expect.stringMatching(/quem bate na porta é ele\. $/)]);
    expect(asked[0]).toHaveLength(120 + 'ta é ele. '.length);
    expect(shown).toEqual(['ta é ele. ']);
  });

  it('should show the whole text, in order, each part after its verdict', async () => {
    const { batches, asked, shown } = batchesOf(() => PASS);
    const text = `Começo. ${prose(3000)}fim`;
    for (const char of text) {
      batches.push(char);
      if (char === ' ') await Promise.resolve();
    }
    await batches.end();
    expect(shown.join('')).toBe(text);
    expect(asked.length).toBe(shown.length);
    expect(asked.length).toBeLessThan(7);
  });

  it('should show nothing while a verdict is out', async () => {
    const verdict = Promise.withResolvers<Judgement>();
    const shown: string[] = [];
    const batches = new JudgedBatches(() => verdict.promise, {
      pass: (text) => shown.push(text),
      stop: () => undefined,
    });
    batches.push(prose(5000));
    await Promise.resolve();
    expect(shown).toEqual([]);
    verdict.resolve(PASS);
    await batches.end();
    expect(shown.join('')).toBe(prose(5000));
  });

  it('should judge across the border of two parts, and show nothing after a block', async () => {
    const { batches, shown, stopped } = batchesOf((text) =>
      text.includes('segredo') ? BLOCK : PASS,
    );
    batches.push(`${prose(196)}segr`);
    await Promise.resolve();
    batches.push(`edo ${prose(2000)}`);
    await batches.end();
    expect(shown).toEqual([`${prose(196)}segr`]);
    expect(stopped).toEqual([BLOCK]);
    batches.push('mais');
    await batches.end();
    expect(shown).toHaveLength(1);
  });

  it('should tell where a mask lies in the part that is shown', async () => {
    const spans: Judgement['spans'][] = [];
    const batches = new JudgedBatches(
      (text) => {
        const start = text.indexOf('ana@x.br');
        const found = { rule: 'personal-data:EMAIL', start, end: start + 8, kind: 'EMAIL' };
        return Promise.resolve({
          action: start < 0 ? 'pass' : 'mask',
          spans: start < 0 ? [] : [found],
          events: [],
        });
      },
      { pass: (_, judgement) => spans.push(judgement.spans), stop: () => undefined },
    );
    batches.push(prose(200));
    await Promise.resolve();
    await Promise.resolve();
    batches.push(`ana@x.br ${prose(1000)}`);
    await batches.end();
    expect(spans[1]).toEqual([expect.objectContaining({ start: 0, end: 8 })]);
  });
});
