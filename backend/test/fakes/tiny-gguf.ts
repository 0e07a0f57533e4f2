import { ggufFile, type Tensor } from './gguf-writer.js';
import { randomNumbers } from './random-numbers.js';

export interface TinyLlama {
  /** What it says, token by token; `▁` is a space. */
  readonly script?: readonly string[];
  /** Says the script over and over. */
  readonly endless?: boolean;
  /** Width of the model; time and memory grow with its square. */
  readonly width?: number;
  readonly layers?: number;
  readonly contextLength?: number;
  /** How sure it is of its script: 0.5 is certain, 0.08 lets the sampling be seen. */
  readonly certainty?: number;
}

export const SCRIPT = ['▁Olá', ',', '▁sou', '▁um', '▁modelo', '▁minúsculo', '.'];
const HEADS = 4;
const ROLES = ['<|user|>', '<|system|>', '<|assistant|>', '<|end|>'];
const ASSISTANT = '<|assistant|>';
const END_OF_TEXT = 2;
const TEMPLATE =
  "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

/**
 * A LLaMA in a GGUF file of half a megabyte that llama.cpp loads and asks like any other. Attention
 * and feed-forward are computed and add nothing: the next token hangs on the last alone, and the
 * output weights are the table of which follows which.
 */
export function tinyGguf(wish: TinyLlama = {}): Buffer {
  const { endless = false, width = 64, layers = 2, contextLength = 2048 } = wish;
  const { tokens, types, script } = vocabulary(wish.script ?? SCRIPT);
  const facts = {
    'general.architecture': { type: 'string', value: 'llama' },
    'general.name': { type: 'string', value: 'tiny-llama' },
    'general.file_type': { type: 'u32', value: 0 },
    'llama.context_length': { type: 'u32', value: contextLength },
    'llama.embedding_length': { type: 'u32', value: width },
    'llama.block_count': { type: 'u32', value: layers },
    'llama.feed_forward_length': { type: 'u32', value: width * 2 },
    'llama.attention.head_count': { type: 'u32', value: HEADS },
    'llama.attention.head_count_kv': { type: 'u32', value: HEADS },
    'llama.attention.layer_norm_rms_epsilon': { type: 'f32', value: 1e-5 },
    'llama.rope.dimension_count': { type: 'u32', value: width / HEADS },
    'llama.vocab_size': { type: 'u32', value: tokens.length },
    'tokenizer.ggml.model': { type: 'string', value: 'llama' },
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
    'tokenizer.ggml.scores': {
      type: 'f32s',
      value: types.map((type, at) => (type === 1 ? -at : 0)),
    },
    'tokenizer.ggml.token_type': { type: 'i32s', value: types },
    'tokenizer.ggml.bos_token_id': { type: 'u32', value: 1 },
    'tokenizer.ggml.eos_token_id': { type: 'u32', value: END_OF_TEXT },
    'tokenizer.ggml.unknown_token_id': { type: 'u32', value: 0 },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: true },
    'tokenizer.ggml.add_eos_token': { type: 'bool', value: false },
    'tokenizer.chat_template': { type: 'string', value: TEMPLATE },
  } as const;
  const draw = randomNumbers(1);
  const drawn = Float32Array.from({ length: 65_521 }, () => draw() * 2 - 1);
  const noise = noiseFrom(drawn);
  const embedding = Float32Array.from({ length: tokens.length * width }, () =>
    draw() < 0.5 ? -1 : 1,
  );
  const follow = endless ? [...script, script[1] ?? END_OF_TEXT] : [...script, END_OF_TEXT];
  const output = scripted(embedding, width, follow, wish.certainty ?? 0.5);
  return ggufFile(facts, [
    { name: 'token_embd.weight', dimensions: [width, tokens.length], data: embedding },
    { name: 'output_norm.weight', dimensions: [width], data: new Float32Array(width).fill(1) },
    { name: 'output.weight', dimensions: [width, tokens.length], data: output },
    ...Array.from({ length: layers }, (_, at) => layer(at, width, noise)).flat(),
  ]);
}

interface Vocabulary {
  readonly tokens: readonly string[];
  /** 1 a word, 2 the unknown, 3 a mark, 6 a byte. */
  readonly types: readonly number[];
  /** Numbers of the tokens to say, after the mark that begins an answer. */
  readonly script: readonly number[];
}

function vocabulary(script: readonly string[]): Vocabulary {
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
  );
  const marks = ['<unk>', '<s>', '</s>', ...bytes, ...ROLES];
  const words = [...new Set(['▁', ...script])];
  const tokens = [...marks, ...words];
  const types = tokens.map((token, at) => {
    if (at === 0) return 2;
    if (at >= marks.length) return 1;
    return bytes.includes(token) ? 6 : 3;
  });
  return { tokens, types, script: [ASSISTANT, ...script].map((word) => tokens.indexOf(word)) };
}

/** Random weights; drawn once and repeated, for a model of 100 MB is to be made in a moment. */
function noiseFrom(drawn: Float32Array): (count: number, size: number) => Float32Array {
  return (count, size) => {
    const weights = new Float32Array(count);
    const sized = drawn.map((value) => value * size);
    for (let at = 0; at < count; at += sized.length) {
      weights.set(sized.subarray(0, Math.min(sized.length, count - at)), at);
    }
    return weights;
  };
}

/** Output weights that make each token of the script likeliest after the one before it. */
function scripted(
  embedding: Float32Array,
  width: number,
  follow: readonly number[],
  certainty: number,
): Float32Array {
  const output = new Float32Array(embedding.length);
  follow.slice(0, -1).forEach((token, at) => {
    const next = follow[at + 1] ?? END_OF_TEXT;
    for (let cell = 0; cell < width; cell += 1) {
      const to = next * width + cell;
      output[to] = (output[to] ?? 0) + (embedding[token * width + cell] ?? 0) * certainty;
    }
  });
  return output;
}

function layer(
  at: number,
  width: number,
  noise: (count: number, size: number) => Float32Array,
): Tensor[] {
  const name = (part: string) => `blk.${String(at)}.${part}.weight`;
  const tensor = (part: string, dimensions: [number, number], size = 0.2): Tensor => ({
    name: name(part),
    dimensions,
    data: noise(dimensions[0] * dimensions[1], size),
  });
  const norm = (part: string): Tensor => ({
    name: name(part),
    dimensions: [width],
    data: new Float32Array(width).fill(1),
  });
  return [
    norm('attn_norm'),
    tensor('attn_q', [width, width]),
    tensor('attn_k', [width, width]),
    tensor('attn_v', [width, width]),
    tensor('attn_output', [width, width], 0),
    norm('ffn_norm'),
    tensor('ffn_gate', [width, width * 2]),
    tensor('ffn_up', [width, width * 2]),
    tensor('ffn_down', [width * 2, width], 0),
  ];
}
