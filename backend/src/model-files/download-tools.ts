import { resolve } from 'node:path';
import type { Env } from '../config/env.schema.js';
import { HubClient } from './hub-client.js';
import type { DownloadTools } from './model-download.js';

/** What downloads need, as the environment says. */
export function downloadTools(
  env: Pick<Env, 'DATA_DIR' | 'HF_ENDPOINT' | 'HF_TOKEN'>,
): DownloadTools {
  return {
    hub: new HubClient({ endpoint: env.HF_ENDPOINT, token: env.HF_TOKEN }),
    folder: resolve(env.DATA_DIR, 'models'),
  };
}
