// Compresses the built app once, so that the server sends the small file without working for it:
// `node frontend/compress.mjs dist/frontend/browser`. Says how much JavaScript the first page needs.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.argv[2];
const WORTH_IT = /\.(?:js|css|html|svg|json|txt)$/;
/** Below this many bytes compression saves less than a packet. */
const SMALLEST = 1024;

for (const name of readdirSync(folder, { recursive: true })) {
  if (!WORTH_IT.test(name)) continue;
  const file = join(folder, name);
  const content = readFileSync(file);
  if (content.length < SMALLEST) continue;
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: size }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

const page = readFileSync(join(folder, 'index.html'), 'utf8');
const scripts = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, name]) => name);
const sizes = scripts.map((name) => {
  const file = join(folder, name);
  try {
    return readFileSync(`${file}.br`).length;
  } catch {
    return readFileSync(file).length;
  }
});
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`First page: ${scripts.length} scripts, ${(total / 1000).toFixed(0)} kB compressed.`);
