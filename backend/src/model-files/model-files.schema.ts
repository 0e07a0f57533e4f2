import { z } from 'zod';
import { LOCAL_KINDS } from '../llm/local/protocol.js';

const bytes = z.int().min(0);
const problem = z.object({ code: z.string(), message: z.string() });
const kind = z.enum(LOCAL_KINDS);

const presentModelSchema = z
  .object({
    id: z.string().describe('As it is asked for, and as it is written in `LLM_MODELS`.'),
    name: z.string().describe('Below the folder `models`.'),
    kind,
    bytes,
    removable: z
      .string()
      .nullable()
      .describe('What to remove it by; null of a file that somebody put there by hand.'),
    offered: z.boolean().describe('False: `LLM_MODELS` or `MODELS_FILE` leave it out.'),
    available: z.boolean(),
    reason: problem.nullable().describe('Why it is not available.'),
  })
  .meta({ id: 'PresentModel' });

export const modelCatalogueSchema = z
  .object({
    hub: z.string().describe('Host that models are downloaded from.'),
    hubProblem: problem.nullable().describe('Why the hub cannot be asked now.'),
    freeBytes: bytes.nullable().describe('On the disk of `DATA_DIR`.'),
    installed: z.boolean().describe('Whether the packages that run these models are there.'),
    installCommand: z.string(),
    items: z.array(
      z
        .object({
          name: z.string().describe('What to download it by.'),
          title: z.string(),
          kind,
          about: z.string(),
          bytes,
          exact: z.boolean().describe('Whether the hub has said so; else `bytes` is roughly so.'),
          licence: z.string(),
          page: z.url(),
          arrivedBytes: bytes.describe('Of a download that has not ended.'),
          present: presentModelSchema.nullable(),
        })
        .meta({ id: 'CatalogueModel' }),
    ),
    others: z.array(presentModelSchema).describe('Models that are here and not of the catalogue.'),
  })
  .meta({ id: 'ModelCatalogue' });
export type ModelCatalogue = z.infer<typeof modelCatalogueSchema>;
export type PresentModelView = z.infer<typeof presentModelSchema>;

export const modelNameSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(1000)
      .describe('`owner/name` on the hub, one GGUF file of it, or the address of either.'),
  })
  .meta({ id: 'ModelName' });
export type ModelNameBody = z.infer<typeof modelNameSchema>;

export const modelDownloadSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    phase: z.enum(['asking', 'downloading', 'checking']),
    doneBytes: bytes,
    totalBytes: bytes.describe('0 as long as it is not known.'),
    bytesPerSecond: bytes,
    modelId: z.string().nullable().describe('Once it is here.'),
    offered: z.boolean().describe('Once it is here: whether people can ask it.'),
    error: problem.nullable(),
  })
  .meta({ id: 'ModelDownload' });
export type ModelDownloadView = z.infer<typeof modelDownloadSchema>;

export const modelDownloadListSchema = z
  .object({ items: z.array(modelDownloadSchema) })
  .meta({ id: 'ModelDownloadList' });
export type ModelDownloadList = z.infer<typeof modelDownloadListSchema>;
