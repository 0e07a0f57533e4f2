import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { partialBytes, removeModel, shelvedModels } from './shelf.js';

const MARK = 'a1b2c3d4e5f6';

describe('the folder of models', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-shelf-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function put(...names: string[]): void {
    for (const name of names) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(
        join(folder, name),
        name.endsWith('config.json') ? '{"model_type":"t5"}' : '12345',
      );
    }
  }
  const left = () => readdirSync(folder, { recursive: true }).map(String).sort();

  it('should be read with the bytes of each model, and whose each is', async () => {
    put('ana/big/m-00001-of-00002.gguf', 'ana/big/m-00002-of-00002.gguf', 'own.gguf');
    put('ana/t5/config.json', 'ana/t5/onnx/encoder_model.onnx', `ana/big/x.gguf.${MARK}.part`);
    expect(await shelvedModels(folder)).toEqual([
      expect.objectContaining({
        ...{ id: 'llama/ana/big/m-00001-of-00002.gguf', repository: 'ana/big', bytes: 10 },
      }),
      expect.objectContaining({ id: 'flan-t5/ana/t5', repository: 'ana/t5', bytes: 24 }),
      expect.objectContaining({ id: 'llama/own.gguf', repository: null, bytes: 5 }),
    ]);
    expect(await partialBytes(folder, 'ana/big')).toBe(5);
    expect(await partialBytes(folder, 'ana/none')).toBe(0);
  });

  it('should lose one file of several, with its parts and what has arrived of it', async () => {
    put('ana/big/m-00001-of-00002.gguf', 'ana/big/m-00002-of-00002.gguf');
    put(`ana/big/m-00002-of-00002.gguf.${MARK}.part`, 'ana/big/other.gguf');
    put(`ana/big/mine.gguf.${MARK}.part`);
    await removeModel(folder, 'ana/big/m-00001-of-00002.gguf');
    const others = [`ana/big/mine.gguf.${MARK}.part`, 'ana/big/other.gguf'];
    expect(left()).toEqual(['ana', 'ana/big', ...others]);
  });

  it('should lose what has arrived of a download that was given up', async () => {
    put(`ana/tiny/m.gguf.${MARK}.part`, 'own.gguf');
    await removeModel(folder, 'ana/tiny/m.gguf');
    expect(left()).toEqual(['own.gguf']);
  });

  it('should lose an export by the name it stands for', async () => {
    put('Xenova/flan-t5-small/config.json');
    await removeModel(folder, 'google/flan-t5-small');
    expect(existsSync(join(folder, 'Xenova'))).toBe(false);
  });
});
