import type { ChildProblem, GenerateOrder, Generated } from './protocol.js';

/** A loaded model inside a child process. Answers one question at a time. */
export interface Engine {
  /**
   * Answers. An aborted signal ends it after the token at hand, with what there is.
   * @throws {EngineError} OVERFLOW, when the prompt does not fit the model's window.
   */
  generate(
    order: GenerateOrder,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<Generated>;
}

/** What an engine could not do, in the protocol's words. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly problem: ChildProblem;

  constructor(problem: ChildProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
