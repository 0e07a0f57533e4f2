import type { ChatModel, Provider } from './chat-model.js';
import { ModelFailure, type ModelFailureKind } from './model-failure.js';
import type { Deadlines } from './stream-deadlines.js';

/** Why a model cannot be asked. */
export interface ModelProblem {
  readonly kind: ModelFailureKind;
  /** The setting to look at and what of it is meant, in no language: `TEMPERATURE: 0…2`. */
  readonly where: string;
}

/** A model that could be asked: known by name, not yet loaded. */
export interface ModelSource {
  readonly id: string;
  /** Unknown: of a model that was named wrongly. */
  readonly provider: Provider | 'unknown';
  readonly contextWindow: number;
  /** Address of the server, where a provider's name does not say whose it is. */
  readonly endpoint?: string;
  /** Where it has others than all models. */
  readonly deadlines?: Deadlines;
  /** Loads what the model needs; no network. */
  open(): Promise<ChatModel>;
  /** Why it cannot be asked now, as far as that can be told cheaply; undefined: nothing known. */
  check(): Promise<ModelFailureKind | ModelProblem | undefined>;
}

/** A model that is part of Prosa and always there. */
export function builtInSource(model: ChatModel): ModelSource {
  return {
    id: model.id,
    provider: model.provider,
    contextWindow: model.contextWindow,
    open: () => Promise.resolve(model),
    check: () => Promise.resolve(undefined),
  };
}

/** A model whose settings have a mistake: it is listed, so that it is seen, and never asked. */
export function misconfiguredSource(id: string): ModelSource {
  return {
    id,
    provider: 'unknown',
    contextWindow: 0,
    open: () => Promise.reject(new ModelFailure('MISCONFIGURED')),
    check: () => Promise.resolve('MISCONFIGURED'),
  };
}
