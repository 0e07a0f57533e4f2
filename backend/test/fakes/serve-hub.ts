// Runs the fake hub by itself, for browser tests:
// `node --import ./tools/typescript-sources.mjs backend/test/fakes/serve-hub.ts`. Prints the hub's
// address and, in a second line, that of its control: POST a behaviour there, GET what was asked.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HubBehaviour, startHubServer } from './hub-server.js';
import { tinyGguf } from './tiny-gguf.js';

const content = tinyGguf();
const hub = await startHubServer({
  'ggml-org/gemma-3-1b-it-GGUF': {
    files: { 'gemma-3-1b-it-Q4_K_M.gguf': content },
    licence: 'gemma',
  },
  'ana/closed-GGUF': { files: { 'a.gguf': content }, gated: 'nobody' },
});
const control = createServer((request, reply) => {
  let body = '';
  request.on('data', (text: Buffer) => (body += text.toString()));
  request.on('end', () => {
    if (request.method === 'POST') hub.behave(JSON.parse(body) as HubBehaviour);
    reply.end(JSON.stringify(hub.requests));
  });
});
await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
const { port } = control.address() as AddressInfo;
process.stdout.write(`${hub.url}\ncontrol http://127.0.0.1:${String(port)}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => process.exit(0));
}
