import type { Env } from '../config/env.schema.js';

/** How LangSmith is reached, and which part of it is ours. */
export interface LangSmithPlace {
  readonly apiKey: string;
  readonly endpoint: string;
  readonly project: string;
  readonly workspaceId: string | undefined;
}

/** The place that the settings name. */
export const langSmithPlace = (env: Env): LangSmithPlace => ({
  apiKey: env.LANGSMITH_API_KEY ?? '',
  endpoint: env.LANGSMITH_ENDPOINT,
  project: env.LANGSMITH_PROJECT,
  workspaceId: env.LANGSMITH_WORKSPACE_ID,
});
