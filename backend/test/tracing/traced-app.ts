import {
  type LangSmithServer,
  type StoredRun,
  startLangSmithServer,
} from '../fakes/langsmith-server.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';

export const LANGSMITH_KEY = 'lsv2_pt_canary_of_langsmith';
export const PROJECT = 'prosa-test';

/** The whole server, with a LangSmith that records what arrives. */
export interface TracedApp extends AnsweringApp {
  readonly langSmith: LangSmithServer;
  /** The runs of an answer, by name, once they have arrived. */
  runsOf(postId: number): Promise<ReadonlyMap<string, StoredRun>>;
}

/** Environment that sends traces there. */
export const tracedTo = ({ url }: Pick<LangSmithServer, 'url'>): Record<string, string> => ({
  LANGSMITH_TRACING: 'true',
  LANGSMITH_API_KEY: LANGSMITH_KEY,
  LANGSMITH_ENDPOINT: url,
  LANGSMITH_PROJECT: PROJECT,
});

/** Waits until something is so. @throws when it does not come about in time. */
export async function eventually(condition: () => boolean, limitMs = 30_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function startTracedApp(settings: Record<string, string> = {}): Promise<TracedApp> {
  const langSmith = await startLangSmithServer();
  const app = await startAnsweringApp('sqlite', { ...tracedTo(langSmith), ...settings });
  const rootsOf = (postId: number) =>
    [...langSmith.runs.values()].filter(
      (run) => !run.parent_run_id && run.extra.metadata['post_id'] === postId,
    );
  return {
    ...app,
    langSmith,
    async runsOf(postId) {
      await eventually(() => rootsOf(postId).length > 0);
      const last = rootsOf(postId).at(-1);
      const runs = [...langSmith.runs.values()].filter((run) => run.trace_id === last?.id);
      return new Map(runs.map((run) => [run.name, run]));
    },
    async close() {
      await app.close();
      await langSmith.close();
    },
  };
}
