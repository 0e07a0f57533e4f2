import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOOL, FLOAT, INT64, OnnxGraph } from './onnx-writer.js';
import { SCRIPT } from './tiny-gguf.js';

export interface TinyT5 {
  readonly script?: readonly string[];
  /** What it says instead when the prompt holds the word (`▁` is the space before it). */
  readonly routes?: Readonly<Record<string, readonly string[]>>;
  /** Reads the words of these texts as a token each; of others, every letter is one. */
  readonly reads?: readonly string[];
  /** How sure it is: 20 is certain, 2 lets the sampling be seen. */
  readonly certainty?: number;
}

const END = 1;
/** Cells of the cache of the decoder; their content means nothing. */
const CACHE = 8;
const BATCH = 'batch_size';
const READ = 'encoder_sequence_length';
const ACCENTED = 'áàâãéêíóôõúüçÁÀÂÃÉÊÍÓÔÕÚÇ\n';

type Word = [string, number];

/**
 * Writes a T5 of 80 kB as optimum exports it to ONNX: the encoder marks which words were read, the
 * decoder is a table of which token follows which.
 */
export function writeTinyT5(folder: string, wish: TinyT5 = {}): void {
  const { script = SCRIPT, routes = {}, reads = [], certainty = 20 } = wish;
  const read = reads.flatMap((text) => text.split(/\s+/)).map((word) => `▁${word}`);
  const words = vocabulary([
    ...Object.keys(routes),
    ...script,
    ...Object.values(routes).flat(),
    ...read,
  ]);
  const numberOf = new Map(words.map(([word], at) => [word, at]));
  const table = new Float32Array(words.length ** 2);
  const follow = (said: readonly string[]): number => {
    const tokens = said.map((word) => numberOf.get(word) ?? 0);
    tokens.forEach((token, at) => {
      table[token * words.length + (tokens[at + 1] ?? END)] = certainty;
    });
    return tokens[0] ?? 0;
  };
  table[follow(script)] = certainty / 4;
  const cues = Object.keys(routes).map((word) => numberOf.get(word) ?? 0);
  const begins = Object.values(routes).map(follow);

  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const write = (name: string, content: Buffer | object): void => {
    writeFileSync(join(folder, name), Buffer.isBuffer(content) ? content : JSON.stringify(content));
  };
  write('onnx/encoder_model.onnx', encoder(words.length, cues));
  write('onnx/decoder_model_merged.onnx', decoder(table, words.length, begins, certainty));
  const ids = { pad_token_id: 0, eos_token_id: END, decoder_start_token_id: 0 };
  write('generation_config.json', ids);
  write('config.json', {
    ...{ model_type: 't5', architectures: ['T5ForConditionalGeneration'], ...ids },
    ...{ is_encoder_decoder: true, d_model: cues.length + 1, d_kv: CACHE, d_ff: 16 },
    ...{ num_layers: 1, num_decoder_layers: 1, num_heads: 1, vocab_size: words.length },
  });
  write('tokenizer.json', tokenizer(words));
  write('tokenizer_config.json', {
    ...{ tokenizer_class: 'T5Tokenizer', model_max_length: 512, extra_ids: 0 },
    ...{ eos_token: '</s>', pad_token: '<pad>', unk_token: '<unk>' },
  });
}

/** Words with their scores: the marks, the given ones, and every letter by itself. */
function vocabulary(given: readonly string[]): Word[] {
  const ascii = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at));
  const known = new Set(given);
  return [
    ['<pad>', 0],
    ['</s>', 0],
    ['<unk>', -20],
    ...[...known].map((word): Word => [word, -2]),
    ...['▁', ...ascii, ...ACCENTED]
      .filter((letter) => !known.has(letter))
      .map((letter): Word => [letter, -8]),
  ];
}

function encoder(words: number, cues: readonly number[]): Buffer {
  const graph = new OnnxGraph();
  const width = cues.length + 1;
  const marks = new Float32Array(words * width);
  cues.forEach((word, at) => {
    marks[word * width + at] = 1;
  });
  const read = graph.input('input_ids', INT64, [BATCH, READ]);
  const mask = graph.input('attention_mask', INT64, [BATCH, READ]);
  const seen = graph.node('Gather', [graph.floats([words, width], marks), read]);
  const kept = graph.node('Unsqueeze', [
    graph.node('Cast', [mask], { to: FLOAT }),
    graph.integers(-1),
  ]);
  graph.output(graph.node('Mul', [seen, kept], {}, 'last_hidden_state'), FLOAT, [
    BATCH,
    READ,
    width,
  ]);
  return graph.model();
}

function decoder(
  table: Float32Array,
  words: number,
  begins: readonly number[],
  certainty: number,
): Buffer {
  const graph = new OnnxGraph();
  const width = begins.length + 1;
  const routes = new Float32Array(width * words);
  begins.forEach((word, at) => {
    routes[at * words + word] = certainty / 2;
  });
  graph.input('encoder_attention_mask', INT64, [BATCH, READ]);
  const last = graph.input('input_ids', INT64, [BATCH, 'decoder_sequence_length']);
  const read = graph.input('encoder_hidden_states', FLOAT, [BATCH, READ, width]);
  for (const part of ['key', 'value']) {
    const past = (side: string) => `past_key_values.0.${side}.${part}`;
    graph.input(past('decoder'), FLOAT, [BATCH, 1, 'past_decoder_sequence_length', CACHE]);
    graph.input(past('encoder'), FLOAT, [BATCH, 1, 'encoder_sequence_length_out', width]);
  }
  graph.input('use_cache_branch', BOOL, [1]);
  const cue = graph.node('ReduceMax', [read], { axes: [1], keepdims: 1 });
  const routed = graph.node('MatMul', [cue, graph.floats([width, words], routes)]);
  const next = graph.node('Gather', [graph.floats([words, words], table), last]);
  graph.output(graph.node('Add', [next, routed], {}, 'logits'), FLOAT, [
    ...[BATCH, 'decoder_sequence_length', words],
  ]);
  const cells = graph.floats([words, CACHE], new Float32Array(words * CACHE).fill(0.5));
  const fresh = graph.node('Unsqueeze', [graph.node('Gather', [cells, last]), graph.integers(1)]);
  const all = graph.node('Unsqueeze', [read, graph.integers(1)]);
  for (const part of ['key', 'value']) {
    const past = `past_key_values.0.decoder.${part}`;
    const own = graph.node('Concat', [past, fresh], { axis: 2 }, `present.0.decoder.${part}`);
    graph.output(own, FLOAT, [BATCH, 1, 'total', CACHE]);
    const others = graph.node('Identity', [all], {}, `present.0.encoder.${part}`);
    graph.output(others, FLOAT, [BATCH, 1, 'enc_out', width]);
  }
  return graph.model();
}

function tokenizer(vocab: readonly Word[]): object {
  const space = {
    ...{ type: 'Metaspace', replacement: '▁', add_prefix_space: true },
    ...{ prepend_scheme: 'always', split: true },
  };
  const end = { SpecialToken: { id: '</s>', type_id: 0 } };
  const text = (id: string) => ({ Sequence: { id, type_id: 0 } });
  return {
    ...{ version: '1.0', truncation: null, padding: null, pre_tokenizer: space, decoder: space },
    added_tokens: ['<pad>', '</s>', '<unk>'].map((content, id) => ({
      ...{ id, content, special: true },
      ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
    })),
    normalizer: { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [text('A'), end],
      pair: [text('A'), end, text('B'), end],
      special_tokens: { '</s>': { id: '</s>', ids: [END], tokens: ['</s>'] } },
    },
    model: { type: 'Unigram', unk_id: 2, vocab, byte_fallback: false },
  };
}
