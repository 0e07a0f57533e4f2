import type { Client } from 'langsmith';
import { langSmithClient } from './langsmith-client.js';
import type { LangSmithPlace } from './langsmith-place.js';

/** A call to a model as LangSmith has it. */
export interface ModelRun {
  readonly traceId: string;
  /** Prosa's run and the ledger's row, by which the two are the same call; null: it names none. */
  readonly runId: string | null;
  readonly usageId: number | null;
  readonly model: string;
  readonly startedAt: Date;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** LangSmith's own sum; null where it knows no price. */
  readonly costNanoUsd: number | null;
}

/** From the first moment up to, and without, the last. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

/** LangSmith cannot be read; the message names the setting and says what to do. */
export class LangSmithUnreadableError extends Error {
  override readonly name = 'LangSmithUnreadableError';
}

/** One request, in milliseconds, of which a page may take two more. */
const REQUEST_MS = 30_000;

/** Redirects would take the key along. */
const directFetch: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });

/** Every call to a model that LangSmith's project holds of a time, page by page. */
export class ModelRuns {
  private readonly client: Client;

  constructor(private readonly place: LangSmithPlace) {
    this.client = langSmithClient(place, directFetch);
  }

  /** @throws {LangSmithUnreadableError} */
  async find({ from, to }: TimeSpan): Promise<readonly ModelRun[]> {
    const found: ModelRun[] = [];
    try {
      const { id } = await this.client.readProject({ projectName: this.place.project });
      const pages = this.client.runs.query(
        {
          project_ids: [id],
          run_type: 'LLM',
          min_start_time: from.toISOString(),
          max_start_time: to.toISOString(),
          selects: [
            'ID',
            'TRACE_ID',
            'START_TIME',
            'METADATA',
            'PROMPT_TOKENS',
            'COMPLETION_TOKENS',
            'TOTAL_COST',
          ],
        },
        { timeout: REQUEST_MS },
      );
      for await (const run of pages) found.push(toModelRun(run));
    } catch (error) {
      throw this.inWords(error);
    }
    // The last moment is the next day's.
    return found.filter(({ startedAt }) => startedAt < to);
  }

  private inWords(error: unknown): LangSmithUnreadableError {
    const { project, endpoint } = this.place;
    const cause = { cause: error };
    const reason = error instanceof Error ? error.message : String(error);
    const status = (error as { status?: unknown } | null)?.status;
    if (/^Project\[.*not found/.test(reason)) {
      return new LangSmithUnreadableError(
        `LANGSMITH_PROJECT: LangSmith has no project ${project}; name another with --project`,
        cause,
      );
    }
    if (status === 401 || status === 403) {
      return new LangSmithUnreadableError(
        `LANGSMITH_API_KEY: LangSmith refuses it (status ${String(status)}) for project ${project}`,
        cause,
      );
    }
    if (status === 404) {
      return new LangSmithUnreadableError(
        `LANGSMITH_ENDPOINT: ${endpoint} does not list runs; a LangSmith of your own must be 0.16 or newer`,
        cause,
      );
    }
    const said = typeof status === 'number' ? `status ${String(status)}` : reason;
    return new LangSmithUnreadableError(
      `LANGSMITH_ENDPOINT: ${endpoint} cannot be read now: ${said}`,
      cause,
    );
  }
}

type Listed = Awaited<ReturnType<Client['runs']['retrieve']>>;

function toModelRun(run: Listed): ModelRun {
  const metadata = run.metadata ?? {};
  const { run_id: runId, usage_id: usageId, ls_model_name: model } = metadata;
  return {
    traceId: run.trace_id ?? '',
    runId: typeof runId === 'string' ? runId : null,
    usageId: typeof usageId === 'number' ? usageId : null,
    model: typeof model === 'string' ? model : '?',
    startedAt: new Date(run.start_time ?? NaN),
    promptTokens: run.prompt_tokens ?? 0,
    completionTokens: run.completion_tokens ?? 0,
    costNanoUsd: nanoUsd(run.total_cost),
  };
}

/** Dollars as they come: a number, or a decimal written as a text. */
function nanoUsd(dollars: unknown): number | null {
  if (dollars === undefined || dollars === null || dollars === '') return null;
  const amount = Number(dollars);
  return Number.isFinite(amount) ? Math.round(amount * 1e9) : null;
}
