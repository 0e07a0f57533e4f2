// Runs nginx with the image's configuration by itself, for browser tests:
// `node deploy/test/serve-nginx.ts --backend 127.0.0.1:3000`. Prints its address.
import { parseArgs } from 'node:util';
import { startNginx } from './harness/nginx.ts';

const { values } = parseArgs({ options: { backend: { type: 'string', default: '' } } });
const nginx = await startNginx({ PROSA_BACKEND: values.backend });
process.stdout.write(`${nginx.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void nginx.stop().then(() => process.exit(0)));
}
