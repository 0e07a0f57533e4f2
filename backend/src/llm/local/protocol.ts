import type { ChatMessage } from '../chat-model.js';

/** What runs a local model; each has its own child process. */
export const LOCAL_KINDS = ['llama', 'flan-t5'] as const;
export type LocalKind = (typeof LOCAL_KINDS)[number];

/** What a child is started with: the one model it loads. */
export interface LoadOrder {
  readonly kind: LocalKind;
  /** A GGUF file (llama), or the folder of an ONNX export (flan-t5). */
  readonly path: string;
  /** Another where the files have changed: they are then loaded anew. */
  readonly version: string;
  /** Tokens that prompt and answer share. */
  readonly contextWindow: number;
  readonly threads: number;
}

/** How the next token is chosen. */
export interface Sampling {
  /** 0: always the likeliest. */
  readonly temperature: number;
  /** Only the likeliest tokens that together reach this share are chosen from. */
  readonly topP: number;
}

export interface GenerateOrder {
  readonly messages: readonly ChatMessage[];
  /** Longest answer, in tokens. */
  readonly maxTokens: number;
  readonly sampling: Sampling;
  /** Texts at which the answer ends, without them. */
  readonly stop: readonly string[];
}

export interface Generated {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly reason: 'stop' | 'length' | 'stopped';
}

/** Why a child could not do what it was told; `details` are for the log. */
export type ChildProblem = 'NOT_INSTALLED' | 'FILE_INVALID' | 'OVERFLOW' | 'UNAVAILABLE';

export type ToChild =
  | ({ readonly type: 'generate'; readonly id: number } & GenerateOrder)
  | { readonly type: 'stop'; readonly id: number };

export type FromChild =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly problem: ChildProblem; readonly words: string }
  | { readonly type: 'text'; readonly id: number; readonly text: string }
  | ({ readonly type: 'ended'; readonly id: number } & Generated)
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly problem: ChildProblem;
      readonly words: string;
    };
