import { z } from 'zod';
import { parseAllowed } from './opened-sites.rules.js';

/** Who can be asked where something stands on the web. */
export const WEB_PROVIDERS = ['duckduckgo', 'searxng', 'brave', 'tavily'] as const;
export type WebProviderName = (typeof WEB_PROVIDERS)[number];

const isProvider = (name: string): name is WebProviderName =>
  WEB_PROVIDERS.some((known) => known === name);

/** Reads `WEB_SEARCH`. @returns undefined where a name is none; none of them for `off`. */
export function parseProviders(setting: string): readonly WebProviderName[] | undefined {
  const names = setting.split(',').map((name) => name.trim().toLowerCase());
  if (names.length === 1 && names[0] === 'off') {
    return [];
  }
  return names.every(isProvider) ? [...new Set(names)] : undefined;
}

const apiKey = z
  .string()
  .regex(/^[!-~]+$/, { message: 'may hold only visible characters without spaces' })
  .optional()
  .meta({ secret: true });

/** What of the environment says how the web is searched, and which addresses are opened. */
export const webSettings = {
  WEB_SEARCH: z
    .string()
    .refine((value) => parseProviders(value) !== undefined, {
      message: `must be off, or some of ${WEB_PROVIDERS.join(', ')}, comma-separated`,
    })
    .default('duckduckgo')
    .describe(
      'Where the web is searched, in order of preference, comma-separated: `duckduckgo` (no key), `searxng`, `brave`, `tavily`; or `off`. One that fails is followed by the next.',
    ),
  SEARXNG_URL: z
    .url({ protocol: /^https?$/, error: 'must be http://… or https://…' })
    .optional()
    .describe('Address of your SearXNG, for `searxng`; its JSON format must be on.'),
  BRAVE_API_KEY: apiKey.describe('Key of the Brave Search API, for `brave`.'),
  TAVILY_API_KEY: apiKey.describe('Key of Tavily, for `tavily`.'),
  WEB_SEARCHES_PER_DAY: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(200)
    .describe('Searches of the web one person may cause in a day (of `TIME_ZONE`).'),
  FETCH_ALLOW: z
    .string()
    .refine((value) => parseAllowed(value) !== undefined, {
      message: 'must be hosts like wiki.example.com, *.corp.example.com or 10.0.0.7:8080',
    })
    .optional()
    .describe(
      'Internal sites whose pages may be read, comma-separated: `wiki.example.com`, `*.corp.example.com` (all below it), `10.0.0.7:8080`. Everything else in private networks stays closed. Absent: none.',
    ),
};
