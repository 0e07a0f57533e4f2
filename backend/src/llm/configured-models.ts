import { readFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { type ModelId, ModelIdError, namesIn, parseModelId } from './model-ids.rules.js';
import type { ModelSettings } from './model-settings.js';
import { type FileModel, ModelsFileError, readModelsFile } from './models-file.rules.js';

/** What of the environment names models. */
export type NamingEnv = Pick<Env, 'LLM_MODELS' | 'MODELS_FILE'>;

/** A model that an operator has named; without `model` where that was done wrongly. */
export interface NamedModel {
  readonly id: string;
  readonly model?: ModelId;
}

const NO_SETTINGS: ModelSettings = { parameters: {} };

/**
 * The models that an operator has named, in order of preference, and what was said of each:
 * `LLM_MODELS` names and orders, the models file says more, and names and orders where
 * `LLM_MODELS` does not. A mistake costs the model that it is about, never the server.
 */
@Injectable()
export class ConfiguredModels {
  /** None: models are to be looked for. */
  readonly named: readonly NamedModel[];
  /** What is wrong, a line each: the setting, where in it, and what to do. */
  readonly problems: readonly string[];
  private readonly settings: ReadonlyMap<string, ModelSettings>;

  constructor(@Inject(ENV) env: NamingEnv) {
    const file = env.MODELS_FILE === undefined ? [] : readFile(env.MODELS_FILE);
    const wanted = namesIn(env.LLM_MODELS ?? '');
    const spoilt = new Set(file.filter(isSpoilt).map(({ id }) => id));
    const read = wanted.map((id) => (spoilt.has(id) ? { id, problems: [] } : named(id)));
    this.named = wanted.length > 0 ? read.map(bare) : uniqueById(file).map(bare);
    this.problems = [...read, ...file].flatMap(({ problems }) => problems);
    this.settings = new Map(file.flatMap(({ id, settings }) => (settings ? [[id, settings]] : [])));
  }

  /** What was said of a model; of one that was found, nothing. */
  of(id: string): ModelSettings {
    return this.settings.get(id) ?? NO_SETTINGS;
  }
}

const isSpoilt = ({ problems }: FileModel) => problems.length > 0;

const bare = ({ id, model }: FileModel): NamedModel => (model ? { id, model } : { id });

/** Of an entry that stands there twice the first. */
function uniqueById(models: readonly FileModel[]): readonly FileModel[] {
  return models.filter(({ id }, at) => models.findIndex((other) => other.id === id) === at);
}

function named(id: string): FileModel {
  try {
    return { id, model: parseModelId(id), problems: [] };
  } catch (error) {
    if (error instanceof ModelIdError) return { id, problems: [`LLM_MODELS: ${error.message}`] };
    throw error;
  }
}

/**
 * A file that cannot be read stands for one model that cannot be asked: what it would have allowed
 * is unknown, so that nothing is looked for in its place.
 */
function readFile(path: string): readonly FileModel[] {
  try {
    return readModelsFile(readFileSync(path, 'utf8'), path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const words =
      error instanceof ModelsFileError
        ? error.message
        : `MODELS_FILE: ${path} cannot be read (${code ?? 'unknown'}); give the path of a YAML file, or leave it out`;
    return [{ id: 'MODELS_FILE', problems: [words] }];
  }
}
