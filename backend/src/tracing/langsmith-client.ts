import { Client } from 'langsmith';
import type { LangSmithPlace } from './langsmith-place.js';
import type { Hidden } from './run-tree.js';

/** Which texts its client may never send. */
const ALL_HIDDEN: Hidden = { inputs: true, outputs: true };

/**
 * LangSmith's own client, with every setting given, so that none is taken from the environment
 * behind our back. Import this file lazily: with tracing off, nothing of the SDK is loaded.
 * @param hidden of what it sends; a client that only reads hides all.
 */
export const langSmithClient = (
  { apiKey, endpoint, workspaceId }: LangSmithPlace,
  fetchImplementation: typeof fetch,
  hidden: Hidden = ALL_HIDDEN,
): Client =>
  new Client({
    apiKey,
    apiUrl: endpoint,
    workspaceId: workspaceId ?? '',
    hideInputs: hidden.inputs,
    hideOutputs: hidden.outputs,
    hideMetadata: false,
    omitTracedRuntimeInfo: true,
    tracingMode: 'langsmith',
    tracingSamplingRate: 1,
    // Bodies are written here and not by a thread of the SDK's.
    manualFlushMode: true,
    disablePromptCache: true,
    debug: false,
    fetchImplementation,
  });
