import type { ModelEvent, StreamOptions } from '../chat-model.js';
import { QuotesModel } from './quotes.js';

const options = (overrides: Partial<StreamOptions> = {}): StreamOptions => ({
  signal: new AbortController().signal,
  maxOutputTokens: 2048,
  passages: [
    {
      ...{ n: 1, title: 'Guia', text: 'Primeira frase. Segunda frase.' },
      ...{ kind: 'documentation', page: null, host: null },
    },
  ],
  locale: 'pt-BR',
  ...overrides,
});

const collect = async (given: StreamOptions): Promise<ModelEvent[]> => {
  const events: ModelEvent[] = [];
  for await (const event of new QuotesModel().stream([{ role: 'user', text: 'x' }], given)) {
    events.push(event);
  }
  return events;
};

const textOf = (events: readonly ModelEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

describe(QuotesModel.name, () => {
  it('should stream the answer in pieces and finish', async () => {
    const events = await collect(options());
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    expect(textOf(events)).toContain('> Primeira frase. Segunda frase.');
    expect(events.some(({ type }) => type === 'usage')).toBe(false);
  });

  it.each([
    ['pt-BR', 'Respondo sem modelo de linguagem'],
    ['en', 'I answer without a language model'],
    ['en-GB', 'I answer without a language model'],
  ])('should frame the answer in %s', async (locale, words) => {
    expect(textOf(await collect(options({ locale })))).toContain(words);
  });

  it('should end quietly, without a finish, when it is stopped', async () => {
    const controller = new AbortController();
    const events: ModelEvent[] = [];
    for await (const event of new QuotesModel().stream(
      [],
      options({ signal: controller.signal }),
    )) {
      events.push(event);
      if (events.length === 2) controller.abort();
    }
    expect(events.map(({ type }) => type)).toEqual(['text', 'text']);
    expect(await collect(options({ signal: AbortSignal.abort() }))).toEqual([]);
  });

  it('should let a stop arrive from outside between two pieces', async () => {
    const controller = new AbortController();
    setImmediate(() => {
      setImmediate(() => {
        controller.abort();
      });
    });
    const events = await collect(options({ signal: controller.signal }));
    expect(events.at(-1)?.type).not.toBe('finish');
  });
});
