import type { ModelSettings } from '../model-settings.js';
import type { ModelProblem } from '../model-source.js';
import type { Sampling } from './protocol.js';

/** The seed's variables, as they stand in the environment. */
export interface ParameterSettings {
  readonly MAX_NEW_TOKENS?: string | undefined;
  readonly TEMPERATURE?: string | undefined;
  readonly TOP_P?: string | undefined;
}

export interface Parameters {
  readonly sampling: Sampling;
  /** Longest answer, in tokens; absent: `MAX_OUTPUT_TOKENS` alone says. */
  readonly maxTokens: number | undefined;
  /** Texts at which the answer ends. */
  readonly stop: readonly string[];
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole?: true;
}

// Above 2 nothing but noise comes; a share of 0 would leave no token to choose.
const RANGES = {
  MAX_NEW_TOKENS: { least: 1, most: 131_072, whole: true },
  TEMPERATURE: { least: 0, most: 2 },
  TOP_P: { least: 0.01, most: 1 },
} as const satisfies Record<keyof ParameterSettings, Range>;

/** What the workshop's `.env` says. */
const DEFAULT_TEMPERATURE = 0.7;
const DEFAULT_TOP_P = 0.9;

const NUMBER = /^\d{1,9}(\.\d{1,9})?$/;

/**
 * Reads the parameters of local models. One that cannot be is a problem of these models only: the
 * server and the others go on.
 */
export function parametersOf(settings: ParameterSettings): Parameters | ModelProblem {
  const problem = (['MAX_NEW_TOKENS', 'TEMPERATURE', 'TOP_P'] as const)
    .map((name) => problemWith(name, settings[name]))
    .find((found) => found !== undefined);
  if (problem) return problem;
  const { MAX_NEW_TOKENS, TEMPERATURE, TOP_P } = settings;
  return {
    maxTokens: MAX_NEW_TOKENS === undefined ? undefined : Number(MAX_NEW_TOKENS),
    sampling: {
      temperature: TEMPERATURE === undefined ? DEFAULT_TEMPERATURE : Number(TEMPERATURE),
      topP: TOP_P === undefined ? DEFAULT_TOP_P : Number(TOP_P),
    },
    stop: [],
  };
}

/** What was said of one model counts before what holds for all. */
export function withSettings(
  all: Parameters | ModelProblem,
  { parameters: { temperature, topP, stop }, maxOutputTokens }: ModelSettings,
): Parameters | ModelProblem {
  if ('kind' in all) return all;
  return {
    maxTokens: maxOutputTokens ?? all.maxTokens,
    sampling: {
      temperature: temperature ?? all.sampling.temperature,
      topP: topP ?? all.sampling.topP,
    },
    stop: stop ?? all.stop,
  };
}

function problemWith(
  name: keyof ParameterSettings,
  value: string | undefined,
): ModelProblem | undefined {
  if (value === undefined) return undefined;
  const { least, most, ...range }: Range = RANGES[name];
  const number = NUMBER.test(value.trim()) ? Number(value) : NaN;
  const fits = number >= least && number <= most && (!range.whole || Number.isInteger(number));
  return fits
    ? undefined
    : { kind: 'SETTING_INVALID', where: `${name}: ${String(least)}…${String(most)}` };
}
