import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A model server that says one text, over and over. */
export interface Provider {
  /** Base URL of OpenAI's protocol. */
  readonly url: string;
  stop(): void;
}

const frame = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'fake-chat',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;

/**
 * Starts it.
 * @param perSecond characters a second, in pieces of about a word
 */
export async function startProvider(text: string, perSecond: number): Promise<Provider> {
  const words = text.match(/\s*\S+\s?/g) ?? [text];
  const server = http.createServer((request, response) => {
    request.resume();
    if (!request.url?.endsWith('/chat/completions')) {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ object: 'list', data: [{ id: 'fake-chat', object: 'model' }] }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    void say(response, words, perSecond);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Keeps the pace by the clock, so that a late timer does not make the answer slower. */
async function say(
  response: http.ServerResponse,
  words: readonly string[],
  perSecond: number,
): Promise<void> {
  const from = performance.now();
  let said = 0;
  for (const word of words) {
    const early = (said / perSecond) * 1000 - (performance.now() - from);
    if (early > 1) await sleep(early);
    if (response.destroyed) return;
    response.write(frame({ content: word }));
    said += word.length;
  }
  response.end(`${frame({}, 'stop')}data: [DONE]\n\n`);
}
