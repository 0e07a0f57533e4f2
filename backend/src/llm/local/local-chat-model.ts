import { availableParallelism } from 'node:os';
import {
  ChatModel,
  type ChatMessage,
  type ModelEvent,
  type Provider,
  type StreamOptions,
} from '../chat-model.js';
import { ModelFailure } from '../model-failure.js';
import type { ModelSettings } from '../model-settings.js';
import type { ModelProblem } from '../model-source.js';
import { alternating } from '../turns.rules.js';
import type { LocalRunner } from './local-runner.js';
import type { ModelFile } from './model-file.js';
import type { Parameters } from './parameters.rules.js';

/** One core is left to the server, where there is more than one. */
const THREADS = Math.max(1, availableParallelism() - 1);

export interface LocalModelFields {
  readonly id: string;
  readonly file: ModelFile;
  readonly runner: LocalRunner;
  readonly parameters: Parameters | ModelProblem;
  readonly said: ModelSettings;
  /** What keeps the model from being asked now. */
  readonly problem: () => Promise<ModelProblem | undefined>;
}

/** A model that runs on this machine, in a process of its own. */
export class LocalChatModel extends ChatModel {
  readonly id: string;
  readonly provider: Provider;
  readonly contextWindow: number;
  override readonly endpoint = undefined;
  override readonly maxOutputTokens: number | undefined;

  constructor(private readonly fields: LocalModelFields) {
    super();
    this.id = fields.id;
    this.provider = fields.file.kind;
    this.contextWindow = fields.file.contextWindow;
    this.maxOutputTokens = fields.said.maxOutputTokens;
  }

  /** @throws {ModelFailure} what keeps it from being asked, and what {@link LocalRunner} throws. */
  async *stream(
    messages: readonly ChatMessage[],
    { signal, maxOutputTokens, asker = '' }: StreamOptions,
  ): AsyncGenerator<ModelEvent> {
    const { file, runner, parameters } = this.fields;
    const problem = await this.fields.problem();
    if (problem) throw new ModelFailure(problem.kind, { cause: new Error(problem.where) });
    if ('kind' in parameters) throw new ModelFailure(parameters.kind);
    let answered = false;
    const events = runner.run({
      signal,
      asker,
      load: {
        kind: file.kind,
        path: file.path,
        version: file.version,
        contextWindow: Math.min(this.contextWindow, file.contextWindow),
        threads: THREADS,
      },
      wish: {
        messages: alternating(messages),
        maxTokens: Math.min(maxOutputTokens, parameters.maxTokens ?? maxOutputTokens),
        sampling: parameters.sampling,
        stop: parameters.stop,
      },
    });
    try {
      for await (const event of events) {
        answered ||= event.type === 'text' && event.text !== '';
        if (event.type === 'finish' && !answered) throw new ModelFailure('EMPTY');
        yield event;
      }
    } catch (error) {
      if (error instanceof ModelFailure && error.kind === 'FILE_INVALID') await file.refuse();
      throw error;
    }
  }
}
