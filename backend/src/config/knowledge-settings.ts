import { z } from 'zod';

/** What of the environment says how documents are searched. */
export const knowledgeSettings = {
  OPENSEARCH_URL: z
    .url({ protocol: /^https?$/, error: 'must be https://… or http://…' })
    .optional()
    .meta({ secret: true })
    .describe(
      'OpenSearch (2.9 or newer) in which documents are searched: `https://user:password@host:9200`. Absent: the full-text search of the database.',
    ),
  OPENSEARCH_INDEX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, {
      error: 'may hold only small letters, digits, - and _',
    })
    .default('prosa-chunks')
    .describe('Alias and beginning of the names of the indexes in OpenSearch.'),
  OPENSEARCH_CA_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the authority that signed the certificate of OpenSearch.'),
  OPENSEARCH_AWS: z
    .enum(['es', 'aoss'])
    .optional()
    .describe(
      'Signs requests for Amazon OpenSearch Service (`es`) or Serverless (`aoss`) with the AWS credentials. Absent: user and password of the address.',
    ),
  EMBEDDING_MODEL: z
    .string()
    .regex(/^(openai|bedrock|local)\/.+$/, {
      error: 'must be openai/…, bedrock/… or local/… (a folder of DATA_DIR/models)',
    })
    .optional()
    .describe(
      'Model by which documents are also found by what they mean: `openai/text-embedding-3-small`, `bedrock/amazon.titan-embed-text-v2:0` or `local/<folder>` (ONNX, in `DATA_DIR/models`). Absent: by their words only.',
    ),
  EMBEDDING_DIMENSIONS: z.coerce
    .number()
    .int()
    .min(8)
    .max(8192)
    .optional()
    .describe('Numbers in a vector of `EMBEDDING_MODEL`, for a model that Prosa does not know.'),
};
