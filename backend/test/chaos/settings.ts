import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Agreed } from '../ledger/compare.rules.ts';
import { KNOWN_MODEL, OWN_MODEL } from '../ledger/plan.ts';

/** With it the people of a campaign ask, all of them one member. */
export const SERVICE_TOKEN = 'the-people-of-the-chaos-campaign-ask-with-it';
export const METRICS_TOKEN = 'chaos-reads-the-figures';

/** What is agreed for the models that are asked. */
export const PRICES: Readonly<Record<string, Agreed>> = {
  [KNOWN_MODEL]: { input: 0.15, output: 0.6 },
  [OWN_MODEL]: { input: 0.4, output: 1.25 },
};

/** What the servers of a campaign ask and tell. */
export interface Surroundings {
  readonly provider: string;
  readonly langSmith: string;
  readonly web: string;
  readonly redis?: string | undefined;
}

/** The environment of each server of a campaign. @param folder DATA_DIR. */
export function settingsFor(folder: string, around: Surroundings): Record<string, string> {
  const file = join(folder, 'models.yaml');
  const models = Object.entries(PRICES).map(([model, prices]) => ({
    id: `openai/${model}`,
    contextWindow: 16_000,
    fallback: false,
    prices: { ...prices, asOf: '2026-11-01' },
  }));
  writeFileSync(file, JSON.stringify({ models }));
  return {
    DATA_DIR: folder,
    MODELS_FILE: file,
    OPENAI_BASE_URL: around.provider,
    OPENAI_API_KEY: 'of-the-fake',
    TITLE_MODEL: `openai/${OWN_MODEL}`,
    LANGSMITH_TRACING: 'true',
    LANGSMITH_API_KEY: 'lsv2_pt_of_the_fake',
    LANGSMITH_ENDPOINT: around.langSmith,
    WEB_SEARCH: 'searxng',
    SEARXNG_URL: around.web,
    ...(around.redis === undefined ? {} : { REDIS_URL: around.redis }),
    // Everything that may be logged is, and searched.
    LOG_LEVEL: 'trace',
    LOG_FORMAT: 'json',
    // Alike in all processes of a campaign.
    JWT_SECRET: 'the secret that the servers of a campaign share',
    MASKING_KEY: 'the key with which a campaign masks what is hidden',
    SERVICE_TOKEN,
    METRICS_TOKEN,
    ASKS_PER_MINUTE: '100000',
    RUNS_PER_PERSON: '1000',
    // Garbage is collected often, so that growth is what is kept.
    NODE_OPTIONS: '--max-semi-space-size=4',
  };
}
