import { startLangSmithServer } from '../fakes/langsmith-server.ts';
import { sendJson, startWebServer } from '../fakes/web-server.ts';
import type { CanaryHunt } from './canaries/hunt.ts';
import { startWatchedRedis } from './canaries/redis.ts';
import { type Provider, startProvider } from './provider.ts';
import type { Surroundings } from './settings.ts';
import type { Signals } from './signals.ts';

/** Everything outside of Prosa and its database, each with its own record. */
export interface Outside {
  readonly addresses: Surroundings;
  readonly provider: Provider;
  /** Searches all that they were told. To be called once, when nobody tells them anything any more. */
  search(hunt: CanaryHunt): Promise<void>;
  close(): Promise<void>;
}

/** @param hunt searches what Redis is told; without `hasRedis` there is none. */
export async function startOutside(
  { seed, hasRedis }: { seed: number; hasRedis: boolean },
  signals: Signals,
  hunt: CanaryHunt,
): Promise<Outside> {
  const provider = await startProvider(seed, signals);
  const langSmith = await startLangSmithServer();
  const web = await startWebServer();
  web.answer = (_, reply) => {
    sendJson(reply, { results: [], unresponsive_engines: [] });
  };
  const redis = hasRedis ? await startWatchedRedis(hunt) : undefined;
  return {
    addresses: {
      ...{ provider: provider.url, langSmith: langSmith.url, web: web.url },
      redis: redis?.url,
    },
    provider,
    async search(found) {
      found.look('what the provider was sent', provider.sent());
      for (const { body } of langSmith.requests) found.look('LangSmith', body);
      for (const { url, body } of web.requests) {
        found.look(
          'questions to the web',
          `${url.searchParams.get('q') ?? ''} ${url.href} ${body}`,
        );
      }
      await redis?.search();
    },
    async close() {
      await provider.close();
      await langSmith.close();
      await web.close();
      await redis?.close();
    },
  };
}
