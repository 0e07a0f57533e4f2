// The least that a relay in Fastify can do: no accounts, no database, no model library. Reads the
// provider's frames, takes the text out and writes it as an event of its own.
import { fastify } from 'fastify';
import http from 'node:http';
import { settledMemory } from './settled-memory.mjs';
import { serveCalls } from './worker.ts';

const agent = new http.Agent({ keepAlive: true });
const app = fastify();
let upstream = '';

interface Frame {
  readonly choices: readonly { readonly delta: { readonly content?: string } }[];
}

app.post('/chat/completions', (request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
  reply.raw.flushHeaders();
  reply.raw.socket?.setNoDelay(true);
  const asked = http.request(`${upstream}/chat/completions`, { method: 'POST', agent });
  asked.on('response', (answer) => {
    let rest = '';
    let at = 0;
    answer.setEncoding('utf8').on('data', (part: string) => {
      const frames = (rest + part).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const data = frame.slice('data: '.length);
        if (data === '[DONE]') continue;
        const text = (JSON.parse(data) as Frame).choices[0]?.delta.content;
        if (!text) continue;
        reply.raw.write(
          `id: ${String(at)}\nevent: delta\ndata: ${JSON.stringify({ at, text })}\n\n`,
        );
        at += text.length;
      }
    });
    answer.on('end', () => reply.raw.end());
  });
  asked.end(JSON.stringify(request.body));
});

const methods = {
  memory: settledMemory,
  listen: (url: string): Promise<string> => {
    upstream = url;
    return app.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  },
};
export type BareRelay = typeof methods;

serveCalls(methods);
