import { type Client, RunTree } from 'langsmith';
import type { RunCreate } from 'langsmith/schemas';
import { idWithin, timeOf } from './trace-id.rules.js';
import type { Trace, TracedCall, TracedSource, TracedStep } from './trace.js';

/** Which texts stay at home. */
export interface Hidden {
  readonly inputs: boolean;
  readonly outputs: boolean;
}

export interface TreeOptions {
  readonly client: Client;
  readonly project: string;
  readonly hidden: Hidden;
}

type Words = Readonly<Record<string, unknown>>;

/** What of a step is words, by the side they are on. */
interface Said {
  readonly inputs: Words;
  readonly outputs: Words;
}

const NOTHING: Said = { inputs: {}, outputs: {} };

/**
 * A trace as LangSmith's runs: the answer as a whole first, then a child for each step. Made of
 * guarded text, codes and counts, and of nothing from the environment.
 */
export function toRuns(trace: Trace, { client, project, hidden }: TreeOptions): RunCreate[] {
  const root = new RunTree({
    id: trace.id,
    name: trace.kind === 'summary' ? 'summary' : 'answer',
    run_type: 'chain',
    client,
    project_name: project,
    // Or `LANGSMITH_RUNS_ENDPOINTS` would name other places to send it to.
    replicas: [],
    start_time: timeOf(trace.id),
    end_time: trace.endedAt,
    tags: [trace.kind, trace.door, trace.status],
    ...shown(
      {
        inputs: trace.prompt === null ? {} : { prompt: trace.prompt },
        outputs: { answer: trace.answer },
      },
      hidden,
    ),
    ...failed(trace.errorCode),
    // Children inherit it: a thread's costs are summed over the runs that name the thread.
    metadata: {
      thread_id: String(trace.conversationId),
      conversation_id: String(trace.conversationId),
      user_id: String(trace.userId),
      post_id: trace.postId,
      run_id: trace.runId,
      kind: trace.kind,
      door: trace.door,
      model: trace.modelId,
      status: trace.status,
      error_code: trace.errorCode,
    },
  });
  const children = trace.steps.map((step, at) =>
    root.createChild({
      id: idWithin(trace.id, `step ${String(at)}`, step.startedAt),
      name: step.name,
      run_type: typeOf(step),
      start_time: step.startedAt,
      end_time: step.endedAt,
      ...shown(saidIn(step, hidden), hidden),
      ...failed(step.errorCode),
      metadata: { ...step.facts, ...(step.call ? callMetadata(step.call) : {}) },
    }),
  );
  for (const [at, child] of children.entries()) addFirstToken(child, trace.steps[at]);
  return [root, ...children].map((run) => ({ ...run.toJSON(), child_runs: [] }));
}

function typeOf({ call, sources }: TracedStep): string {
  if (call?.counted) return 'llm';
  return sources ? 'retriever' : 'chain';
}

/** Messages and passages in the form that LangSmith draws. */
function saidIn({ call, sources }: TracedStep, hidden: Hidden): Said {
  if (sources) {
    // What was found is what the model is sent next: hidden as that is, too.
    return { inputs: {}, outputs: hidden.inputs ? {} : { documents: sources.map(toDocument) } };
  }
  return call
    ? {
        inputs: { messages: call.messages.map(({ role, text }) => ({ role, content: text })) },
        outputs: { messages: [{ role: 'assistant', content: call.answer }] },
      }
    : NOTHING;
}

const toDocument = ({ title, quote }: TracedSource) => ({
  page_content: quote,
  type: 'Document',
  metadata: { title },
});

const shown = ({ inputs, outputs }: Said, hidden: Hidden) => ({
  inputs: hidden.inputs ? {} : { ...inputs },
  outputs: hidden.outputs ? {} : { ...outputs },
});

/** A code only: an error's message may repeat what people wrote. */
const failed = (code: string | null) => (code === null ? {} : { error: code });

/** Names that LangSmith knows providers by, where the price list has others. */
const LANGSMITH_NAMES: Readonly<Record<string, string>> = { aws: 'amazon_bedrock' };

function callMetadata(call: TracedCall) {
  return {
    ls_model_type: 'chat',
    ls_provider: LANGSMITH_NAMES[call.provider] ?? call.provider,
    ls_model_name: call.model,
    ...(call.counted ? { usage_metadata: usageOf(call) } : {}),
  };
}

function usageOf({ promptTokens, cachedTokens, completionTokens, cost }: TracedCall) {
  return {
    input_tokens: promptTokens,
    output_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(cachedTokens === null ? {} : { input_token_details: { cache_read: cachedTokens } }),
    // Left out where no price is known: LangSmith may know one.
    ...(cost && { input_cost: cost.input, output_cost: cost.output, total_cost: cost.total }),
  };
}

/** The event from which LangSmith reads the time to the first token; it carries no text. */
function addFirstToken(child: RunTree, step: TracedStep | undefined): void {
  const ttftMs = step?.call?.ttftMs;
  if (step && ttftMs !== undefined && ttftMs !== null) {
    child.addEvent({ name: 'new_token', time: new Date(step.startedAt + ttftMs).toISOString() });
  }
}
