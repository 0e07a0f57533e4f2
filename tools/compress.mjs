// Writes .br and .gz beside the files of a built web app, so that the server never compresses:
// node tools/compress.mjs dist/frontend/browser
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const SMALLEST = 1024;
const TEXT = /\.(js|mjs|css|html|json|svg|txt|webmanifest)$/;

for (const entry of readdirSync(process.argv[2], { recursive: true })) {
  const file = join(process.argv[2], entry);
  if (TEXT.test(file) && statSync(file).size >= SMALLEST && !isFresh(file)) {
    const content = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

function isFresh(file) {
  return existsSync(`${file}.br`) && statSync(`${file}.br`).mtimeMs >= statSync(file).mtimeMs;
}
