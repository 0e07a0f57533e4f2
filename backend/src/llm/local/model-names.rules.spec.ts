import { readModelName } from './model-names.rules.js';

describe(readModelName.name, () => {
  it('should put the ONNX export in the place of Google’s name, unless that is there itself', () => {
    expect(readModelName('google/flan-t5-small')).toEqual({
      kind: 'flan-t5',
      paths: ['google/flan-t5-small', 'Xenova/flan-t5-small'],
      onnxExport: 'Xenova/flan-t5-small',
    });
  });

  it.each([
    ['Xenova/LaMini-Flan-T5-77M', 'flan-t5'],
    ['/srv/models/mine', 'flan-t5'],
    ['/srv/models/llama.gguf', 'llama'],
    ['Llama-3.2-3B-Q4_K_M.GGUF', 'llama'],
  ])('should read %s as a %s', (name, kind) => {
    expect(readModelName(name)).toEqual({ kind, paths: [name] });
  });

  it('should doubt what is not called T5', () => {
    expect(readModelName('gpt-4')).toMatchObject({ kind: 'flan-t5', doubtful: true });
  });
});
