import { describe, expect, it } from '@jest/globals';
import { isSafePath, wantedModel } from './model-name.rules.js';

describe(wantedModel.name, () => {
  it.each([
    ['ana/tiny-GGUF', { repository: 'ana/tiny-GGUF', file: undefined }],
    [
      'Llama-3.2-3B',
      {
        repository: 'bartowski/Llama-3.2-3B-Instruct-GGUF',
        file: 'Llama-3.2-3B-Instruct-Q4_K_M.gguf',
      },
    ],
    ['  ana/tiny-GGUF/ ', { repository: 'ana/tiny-GGUF', file: undefined }],
    ['ana/tiny/a.gguf', { repository: 'ana/tiny', file: 'a.gguf' }],
    ['ana/tiny/Q4/a-00001-of-00002.gguf', { file: 'Q4/a-00001-of-00002.gguf' }],
    ['https://huggingface.co/ana/tiny', { repository: 'ana/tiny', file: undefined }],
    ['https://huggingface.co/ana/tiny/tree/main', { file: undefined }],
    ['https://hf.co/ana/tiny/resolve/main/a.gguf?download=true', { file: 'a.gguf' }],
    ['https://hf.co/ana/tiny/blob/main/Q4/a.gguf', { file: 'Q4/a.gguf' }],
    [
      'google/flan-t5-small',
      { repository: 'Xenova/flan-t5-small', file: undefined, exportOf: 'google/flan-t5-small' },
    ],
  ])('should read %s', (text, wanted) => {
    expect(wantedModel(text)).toMatchObject(wanted);
  });

  it.each([
    ...['', 'tiny', 'ana/', '/tiny', '../etc', 'ana/..', 'ana/../x', '.ana/tiny', 'ana/-tiny'],
    ...['ana/ti ny', 'ana/tiny\0', 'ana/a--b', 'ana\\tiny', 'nul/tiny', 'ana/CON.x', 'a/b/c.bin'],
    ...['ana/tiny/../../x.gguf', 'ana/tiny//x.gguf', 'ana/tiny/.x.gguf', `ana/${'x'.repeat(97)}`],
    ...['ana/constructor/__proto__', 'file:///etc/passwd', 'https://hf.co/ana'],
  ])('should refuse %j', (text) => {
    expect(() => wantedModel(text)).toThrow('DOWNLOAD.NAME_INVALID');
  });
});

describe(isSafePath.name, () => {
  it.each([
    ...['../a', 'a/../b', '/a', 'a//b', 'a\\b', 'a:b', 'a\nb', '.a', 'a.', 'a ', 'COM1', 'nul.txt'],
    ...['', 'a/'.repeat(300) + 'a', 'x'.repeat(201), '~/a', 'C:/a', 'a\u202eb'],
  ])('should refuse %j', (path) => {
    expect(isSafePath(path)).toBe(false);
  });

  it.each(['a', 'onnx/model.onnx', 'Ação (v2)', 'a+b@c,d=e.gguf'])('should take %j', (path) => {
    expect(isSafePath(path)).toBe(true);
  });
});
