import { z } from 'zod';
import { flag } from './flag.js';

/** What of the environment says whether and where answers are followed. */
export const langSmithSettings = {
  LANGSMITH_TRACING: flag
    .default(false)
    .describe('Follows every answer, with its tokens and cost, in LangSmith.'),
  LANGSMITH_API_KEY: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('Key of the LangSmith workspace; needed for `LANGSMITH_TRACING`.'),
  LANGSMITH_ENDPOINT: z
    .url()
    .default('https://api.smith.langchain.com')
    .describe(
      'Address of LangSmith: another region (`https://eu.api.smith.langchain.com`) or one of your own.',
    ),
  LANGSMITH_PROJECT: z
    .string()
    .min(1)
    .default('prosa')
    .describe('Project of LangSmith that the traces go to.'),
  LANGSMITH_WORKSPACE_ID: z
    .string()
    .min(1)
    .optional()
    .describe('Workspace, for a key that opens several.'),
  LANGSMITH_HIDE_INPUTS: flag
    .default(false)
    .describe('Keeps prompts, messages and sources out of the traces.'),
  LANGSMITH_HIDE_OUTPUTS: flag.default(false).describe('Keeps answers out of the traces.'),
};
