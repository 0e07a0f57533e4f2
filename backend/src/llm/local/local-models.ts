import { Logger } from '@nestjs/common';
import { resolve } from 'node:path';
import type { Env } from '../../config/env.schema.js';
import type { ModelSettings } from '../model-settings.js';
import type { ModelProblem, ModelSource } from '../model-source.js';
import type { Deadlines } from '../stream-deadlines.js';
import { LocalChatModel } from './local-chat-model.js';
import { LocalRunner } from './local-runner.js';
import { LLAMA_WINDOW, ModelFile } from './model-file.js';
import { modelsIn } from './model-folder.js';
import { type LocalName, localName, readModelName } from './model-names.rules.js';
import { hasLocalPackages, INSTALL_COMMAND } from './packages.js';
import { type Parameters, parametersOf, withSettings } from './parameters.rules.js';
import type { LocalKind } from './protocol.js';

/** What of the environment speaks of models on this machine. */
export type LocalModelEnv = Pick<
  Env,
  | 'DATA_DIR'
  | 'MODEL_NAME'
  | 'MAX_NEW_TOKENS'
  | 'TEMPERATURE'
  | 'TOP_P'
  | 'LOCAL_MODEL_IDLE_SECONDS'
  | 'MODEL_CONTEXT_WINDOW'
>;

/** Reading a long prompt takes minutes on a small machine; waiting in the queue does not count. */
const LOCAL_DEADLINES: Deadlines = { firstTokenMs: 600_000, idleMs: 60_000 };

/** The models that run on this machine: GGUF files and FLAN-T5. */
export class LocalModels {
  private readonly logger = new Logger(LocalModels.name);
  private readonly folder: string;
  private readonly parameters: Parameters | ModelProblem;
  private readonly runners: Readonly<Record<LocalKind, LocalRunner>>;

  /**
   * @param settingsOf what an operator says of the model with that id.
   * @param hasPackages whether what runs them is installed; asked anew each time.
   */
  constructor(
    private readonly env: LocalModelEnv,
    private readonly settingsOf: (id: string) => ModelSettings,
    private readonly hasPackages: () => boolean = hasLocalPackages,
  ) {
    this.folder = resolve(env.DATA_DIR, 'models');
    this.parameters = parametersOf(env);
    const idleMs = env.LOCAL_MODEL_IDLE_SECONDS * 1000;
    this.runners = { llama: new LocalRunner(idleMs), 'flan-t5': new LocalRunner(idleMs) };
    this.report();
  }

  /** A model by the name it has in `LLM_MODELS`. */
  source(kind: LocalKind, name: string, setting = 'LLM_MODELS'): ModelSource {
    return this.sourceOf(name, localName(kind, name), setting);
  }

  /** The model that `MODEL_NAME` asks for, and the others whose files are in the data folder. */
  async find(): Promise<Record<'named' | 'found', readonly ModelSource[]>> {
    const { MODEL_NAME: name } = this.env;
    const read = name === undefined ? undefined : readModelName(name);
    const found = (await modelsIn(this.folder)).filter(({ name }) => !read?.paths.includes(name));
    return {
      named:
        read === undefined || name === undefined ? [] : [this.sourceOf(name, read, 'MODEL_NAME')],
      found: found.map(({ kind, name }) => this.source(kind, name, 'DATA_DIR')),
    };
  }

  /** Ends the processes. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.runners).map((runner) => runner.close()));
  }

  private sourceOf(name: string, at: LocalName, setting: string): ModelSource {
    const { kind } = at;
    const id = `${kind}/${name}`;
    const said = this.settingsOf(id);
    const widest = said.contextWindow ?? this.env.MODEL_CONTEXT_WINDOW ?? LLAMA_WINDOW;
    const file = new ModelFile(at, this.folder, setting, widest);
    const problem = () => this.problemWith(id, file);
    return {
      id,
      provider: kind,
      get contextWindow() {
        return file.contextWindow;
      },
      deadlines: LOCAL_DEADLINES,
      check: problem,
      open: async () => {
        await file.problem(); // Its window is in the file.
        const parameters = withSettings(this.parameters, said);
        const runner = this.runners[kind];
        return new LocalChatModel({ id, file, parameters, said, problem, runner });
      },
    };
  }

  private async problemWith(id: string, file: ModelFile): Promise<ModelProblem | undefined> {
    if (!this.hasPackages()) return { kind: 'NOT_INSTALLED', where: `${id}: ${INSTALL_COMMAND}` };
    if ('kind' in this.parameters) return this.parameters;
    return file.problem();
  }

  /** What an operator should read at the start. */
  private report(): void {
    const { MODEL_NAME: name } = this.env;
    const onnxExport = name === undefined ? undefined : readModelName(name)?.onnxExport;
    if (name !== undefined && onnxExport !== undefined) {
      this.logger.warn(
        `MODEL_NAME=${name} has no ONNX files of its own: its export ${onnxExport} answers, from ${resolve(this.folder, onnxExport)}.`,
      );
    }
    if ('kind' in this.parameters) {
      this.logger.warn(`Models on this machine cannot be asked: ${this.parameters.where}`);
    }
  }
}
