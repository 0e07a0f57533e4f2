import { z } from 'zod';

/** What says which models run on this machine, and how. */
export const localModelSettings = {
  MODEL_NAME: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A model on this machine that is preferred when `LLM_MODELS` is absent: a FLAN-T5 (`google/flan-t5-small`, answered by its ONNX export), a GGUF file or a folder, below `models/` in `DATA_DIR` or absolute.',
    ),
  // The next three are texts: a mistake in them takes away the models of this machine, no more.
  MAX_NEW_TOKENS: z
    .string()
    .optional()
    .describe(
      'Longest answer of a model on this machine, in tokens, where `MAX_OUTPUT_TOKENS` allows more.',
    ),
  TEMPERATURE: z
    .string()
    .optional()
    .describe(
      'How freely a model on this machine chooses its words, 0 to 2; 0 always takes the likeliest. Absent: 0.7.',
    ),
  TOP_P: z
    .string()
    .optional()
    .describe(
      'A model on this machine chooses among the likeliest words that together reach this share, 0.01 to 1. Absent: 0.9.',
    ),
  HF_TOKEN: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe(
      'Token of Hugging Face, for models that are handed out only with one; sent to `HF_ENDPOINT` only.',
    ),
  HF_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .default('https://huggingface.co')
    .describe(
      'Address of the hub that models are downloaded from: Hugging Face or a mirror of it.',
    ),
  LOCAL_MODEL_IDLE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe(
      'How long after its last answer a model on this machine stays in memory, in seconds.',
    ),
};
