import { ask, askInVain, textOf, until } from '../../../test/fakes/ask-model.js';
import {
  chunkFrame,
  startOpenAiServer,
  type OpenAiServer,
} from '../../../test/fakes/openai-server.js';
import type { ChatMessage, ChatModel } from '../chat-model.js';
import { openAiModel } from './openai.js';
import type { SseGarbage } from './sse-chunk.rules.js';

const question: readonly ChatMessage[] = [{ role: 'user', text: 'Olá!' }];
const text = (content: string): string =>
  chunkFrame('m', { choices: [{ index: 0, delta: { content } }] });
const finish = chunkFrame('m', { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const apart = (frames: string): string[] => frames.split(/(?<=\r)(?=\n)/);

describe(`${openAiModel.name} and garbage (F15, S33)`, () => {
  let server: OpenAiServer;
  let garbage: SseGarbage[];
  const model = (): ChatModel =>
    openAiModel({
      id: 'openai/m',
      model: 'm',
      contextWindow: 8192,
      baseUrl: server.url,
      onGarbage: (count) => garbage.push(count),
    });

  beforeEach(async () => {
    garbage = [];
    server = await startOpenAiServer();
  });
  afterEach(() => server.close());

  const bytes = Buffer.from(text('coração') + finish);
  const cut = bytes.indexOf(0xc3) + 1;
  const bad = { badFrames: 0, unknownEvents: 0, unknownFields: 0 };

  it.each<[string, (string | Uint8Array)[], string, SseGarbage | undefined]>([
    ['bad JSON', [text('a'), 'data: {"cho\n\n', text('b'), finish], 'ab', { ...bad, badFrames: 1 }],
    ['a null frame', ['data: null\n\n', text('a'), finish], 'a', { ...bad, badFrames: 1 }],
    ['split UTF-8', [bytes.subarray(0, cut), bytes.subarray(cut)], 'coração', undefined],
    ['a BOM', ['\uFEFF' + text('a') + finish], 'a', undefined],
    ['CR', [(text('a') + finish).replaceAll('\n', '\r')], 'a', undefined],
    ['CR and LF apart', apart((text('a') + finish).replaceAll('\n', '\r\n')), 'a', undefined],
    [
      'data in lines',
      ['data: {"choices":[{"delta":\ndata: {"content":"a"}}]}\n\n', finish],
      'a',
      undefined,
    ],
    ['comments', [': waiting\n\n', text('a'), ':\n', finish], 'a', undefined],
    ['two [DONE]', [text('a'), finish, 'data: [DONE]\n\ndata: [DONE]\n\n'], 'a', undefined],
    ['text after [DONE]', [text('a') + finish + 'data: [DONE]\n\n' + text('b')], 'a', undefined],
    [
      'unknown events',
      [`event: execute\n${text('evil')}`, text('a'), finish],
      'a',
      { ...bad, unknownEvents: 1 },
    ],
    [
      'tools and code',
      [
        'data: {"choices":[{"delta":{"content":"a","tool_calls":[{"function":{"name":"rm"}}]}}],"execute":"alert(1)"}\n\n',
        finish,
      ],
      'a',
      { ...bad, unknownFields: 2 },
    ],
  ])('should live with %s', async (_, raw, said, count) => {
    server.script({ raw });
    const events = await ask(model(), question);
    expect(textOf(events)).toBe(said);
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    expect(garbage).toEqual(count ? [count] : []);
  });

  it('should give up at a line over 1 MB and hang up', async () => {
    server.script({ raw: [text('a'), ...Array.from({ length: 40 }, () => 'x'.repeat(65_536))] });
    const { said, failure } = await askInVain(model(), question);
    expect([said, failure.code]).toEqual(['a', 'MODEL.BAD_ANSWER']);
    await until(() => server.requests[0]?.aborted !== undefined);
  });
});
