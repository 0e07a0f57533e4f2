import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyGguf } from '../../../test/fakes/tiny-gguf.js';
import { writeTinyT5 } from '../../../test/fakes/tiny-t5.js';
import { loadEnv } from '../../config/load-env.js';
import { FileEnded } from './file-reader.js';
import { NotGguf, readGgufHeader } from './gguf-header.js';
import { LocalModels } from './local-models.js';
import { isWholeOnnx } from './onnx-header.js';
import { hasLocalPackages } from './packages.js';

describe('the files of models on this machine', () => {
  let folder: string;
  const path = (name: string) => join(folder, 'models', name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-files-'));
    mkdirSync(join(folder, 'models'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  describe(readGgufHeader.name, () => {
    it('should tell the model, its window, and how long the file is', async () => {
      const bytes = tinyGguf({ contextLength: 1234 });
      writeFileSync(path('a.gguf'), bytes);
      expect(await readGgufHeader(path('a.gguf'))).toEqual({
        architecture: 'llama',
        contextLength: 1234,
        size: bytes.length,
      });
    });

    it('should see for every length whether the file was cut', async () => {
      const { length } = tinyGguf();
      for (const left of [0, 3, 4, 8, 24, 100, 5000]) {
        writeFileSync(path('a.gguf'), tinyGguf().subarray(0, left));
        await expect(readGgufHeader(path('a.gguf'))).rejects.toThrow(FileEnded);
      }
      truncateSync(path('a.gguf'), 0);
      writeFileSync(path('a.gguf'), tinyGguf().subarray(0, length - 1));
      expect((await readGgufHeader(path('a.gguf'))).size).toBe(length);
    });

    it.each([
      ['another kind of file', Buffer.from('PK a zip file, or so it says')],
      ['a version of the future', Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(60, 9)])],
      [
        'more entries than there are bytes',
        Buffer.concat([Buffer.from('GGUF\x03\0\0\0'), Buffer.alloc(60, 0xff)]),
      ],
    ])('should refuse %s at once', async (_, bytes) => {
      writeFileSync(path('a.gguf'), bytes);
      await expect(readGgufHeader(path('a.gguf'))).rejects.toThrow(NotGguf);
    });
  });

  it('should see whether an ONNX file was cut', async () => {
    writeTinyT5(path('t5'));
    const file = path('t5/onnx/decoder_model_merged.onnx');
    expect(await isWholeOnnx(file, 1e9)).toBe(true);
    expect(await isWholeOnnx(file, 1000)).toBe(false);
    writeFileSync(file, '<html>Not found</html>');
    expect(await isWholeOnnx(file, 22)).toBe(false);
  });

  describe(LocalModels.name, () => {
    const models = (settings: Record<string, string> = {}, installed = true) =>
      new LocalModels(
        loadEnv({ DATA_DIR: folder, ...settings }),
        () => ({ parameters: {} }),
        () => installed,
      );

    it('should find files and folders, and no parts, eyes or other models', async () => {
      writeFileSync(path('b.gguf'), tinyGguf());
      writeFileSync(path('mmproj-b.gguf'), tinyGguf());
      writeFileSync(path('big-00001-of-00002.gguf'), tinyGguf());
      writeFileSync(path('big-00002-of-00002.gguf'), tinyGguf());
      writeFileSync(path('b.gguf.part'), 'half of it');
      writeTinyT5(path('own/t5'));
      writeTinyT5(path('own/bert'));
      writeFileSync(path('own/bert/config.json'), '{"model_type":"bert"}');
      const { named, found } = await models().find();
      expect(named).toEqual([]);
      expect(found.map(({ id }) => id)).toEqual([
        'llama/b.gguf',
        'llama/big-00001-of-00002.gguf',
        'flan-t5/own/t5',
      ]);
    });

    it('should list the export of MODEL_NAME once, by that name', async () => {
      writeTinyT5(path('Xenova/flan-t5-small'));
      const { named, found } = await models({ MODEL_NAME: 'google/flan-t5-small' }).find();
      expect([...named, ...found].map(({ id }) => id)).toEqual(['flan-t5/google/flan-t5-small']);
      expect(await named[0]?.check()).toBeUndefined();
    });

    it('should take no more of a long window than it may', async () => {
      writeFileSync(path('long.gguf'), tinyGguf({ contextLength: 100_000 }));
      const windowOf = async (settings: Record<string, string>) => {
        const source = models(settings).source('llama', 'long.gguf');
        await source.check();
        return source.contextWindow;
      };
      expect(await windowOf({})).toBe(4096);
      expect(await windowOf({ MODEL_CONTEXT_WINDOW: '20000' })).toBe(20_000);
      expect(await windowOf({ MODEL_CONTEXT_WINDOW: '200000' })).toBe(100_000);
    });

    it('should say which model the missing packages take away, and how to add them', async () => {
      writeFileSync(path('b.gguf'), tinyGguf());
      const [source] = (await models({}, false).find()).found;
      expect(await source?.check()).toEqual({
        kind: 'NOT_INSTALLED',
        where: 'llama/b.gguf: npm run local-models -- install',
      });
    });
  });

  it('should take an install that was cut short for none', () => {
    mkdirSync(join(folder, 'node_modules/node-llama-cpp'), { recursive: true });
    expect(hasLocalPackages(folder)).toBe(false);
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
    expect(hasLocalPackages(folder)).toBe(true);
  });
});
