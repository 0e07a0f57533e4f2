import { describe, expect, it } from '@jest/globals';
import { chooseFiles } from './choose-files.rules.js';
import type { HubFile } from './hub-answer.rules.js';

const checksum = { algorithm: 'sha256', value: 'a'.repeat(64) } as const;
const files = (...paths: string[]): HubFile[] =>
  paths.map((path, at) => ({ path, bytes: 1000 - at, checksum }));
const chosen = (paths: readonly string[], wanted?: string) => {
  const { kind, files: found } = chooseFiles('ana/tiny', files(...paths), wanted);
  return [kind, ...found.map(({ to }) => to)];
};
const T5 = ['config.json', 'tokenizer.json', 'onnx/encoder_model.onnx'];
const T5_QUANTIZED = [
  ...['onnx/encoder_model_quantized.onnx', 'onnx/decoder_model_merged_quantized.onnx'],
];

describe(chooseFiles.name, () => {
  it.each([
    [['a-Q8_0.gguf', 'a-Q4_K_M.gguf', 'a-Q2_K.gguf', 'a-F16.gguf'], 'a-Q4_K_M.gguf'],
    [['a.Q8_0.gguf', 'a.q5_k_m.gguf'], 'a.q5_k_m.gguf'],
    [['mmproj-Q4_K_M.gguf', 'a-imatrix.gguf', 'a-Q8_0.gguf'], 'a-Q8_0.gguf'],
    [['strange.gguf', 'other.gguf'], 'other.gguf'],
    [['Q8_0/a-Q8_0.gguf', 'Q4_K_M/a-Q4_K_M.gguf'], 'a-Q4_K_M.gguf'],
    [['README.md', 'config.json', 'a-Q4_0.gguf'], 'a-Q4_0.gguf'],
  ])('should choose of %j', (paths, file) => {
    expect(chosen(paths)).toEqual(['llama', file]);
  });

  it('should take all parts of a model in several files, and of no other', () => {
    const parts = ['a-00001-of-00002.gguf', 'a-00002-of-00002.gguf'];
    const others = ['b-00001-of-00003.gguf', 'a-00001-of-00003.gguf'];
    expect(chosen([...others, ...parts].reverse(), 'a-00001-of-00002.gguf')).toEqual([
      'llama',
      ...parts,
    ]);
  });

  it('should take the file that is asked for, by its path or its name', () => {
    const paths = ['x/a-Q4_K_M.gguf', 'x/a-Q8_0.gguf'];
    expect(chosen(paths, 'x/a-Q8_0.gguf')).toEqual(['llama', 'a-Q8_0.gguf']);
    expect(chosen(paths, 'a-Q8_0.gguf')).toEqual(['llama', 'a-Q8_0.gguf']);
    expect(() => chosen(paths, 'none.gguf')).toThrow('DOWNLOAD.NO_SUCH_FILE');
  });

  it('should take a T5 in eight bits where it is there, the small files first', () => {
    const whole = [...T5, 'onnx/decoder_model_merged.onnx'];
    expect(chosen([...T5_QUANTIZED, ...whole, 'model.safetensors'])).toEqual([
      ...['flan-t5', 'config.json', 'tokenizer.json', ...T5_QUANTIZED],
    ]);
    expect(chosen(whole)).toEqual(['flan-t5', ...whole]);
  });

  it.each([
    ['only half of a T5', T5],
    ['weights of another kind', ['model.safetensors', 'config.json']],
    ['nothing', []],
  ])('should refuse %s', (_, paths) => {
    expect(() => chosen(paths)).toThrow('DOWNLOAD.NOT_RUNNABLE');
  });
});
