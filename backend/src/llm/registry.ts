import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { DomainError } from '../platform/domain-error.js';
import type { ChatModel, Provider } from './chat-model.js';
import { ConfiguredModels } from './configured-models.js';
import { ModelDiscovery } from './model-discovery.js';
import type { ModelFailureKind } from './model-failure.js';
import { ModelHealth } from './model-health.js';
import { builtInSource, type ModelProblem, type ModelSource } from './model-source.js';
import type { PricedModel } from './prices.js';
import { type Deadlines, PunctualModel } from './stream-deadlines.js';

/** Token of the models that are part of Prosa, least preferred last. */
export const BUILT_IN_MODELS = Symbol('BUILT_IN_MODELS');
/** Token of the deadlines that models of a provider keep. */
export const MODEL_DEADLINES = Symbol('MODEL_DEADLINES');

export interface ModelInfo {
  readonly id: string;
  /** Unknown: of a model that was named wrongly. */
  readonly provider: Provider | 'unknown';
  /** Tokens. */
  readonly contextWindow: number;
  readonly available: boolean;
  /** Why it is not available. */
  readonly reason?: `MODEL.${ModelFailureKind}`;
  /** The setting to look at, and what of it is meant. */
  readonly reasonWhere?: string;
  /** Asked when nobody chooses. */
  readonly isDefault: boolean;
}

/** How long what was found is taken to be so, in milliseconds. */
const FRESH_MS = 30_000;
/** How long the very first question waits for what is there to be known, in milliseconds. */
const FIRST_LOOK_MS = 2500;

/**
 * The models that can be asked, in order of preference. What is there is looked at in the
 * background, at most every 30 s and only while somebody asks: no answer waits for it but one that
 * comes before the first look has ended.
 */
@Injectable()
export class ModelRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ModelRegistry.name);
  private readonly discovery: ModelDiscovery;
  private readonly opened = new Map<string, Promise<ChatModel>>();
  private readonly problems = new Map<string, Problem>();
  private sources: readonly ModelSource[] | undefined;
  private looking: Promise<void> | undefined;
  private lookedAt = -Infinity;

  constructor(
    @Inject(ENV) env: Env,
    private readonly names: ConfiguredModels,
    private readonly health: ModelHealth,
    @Inject(BUILT_IN_MODELS) private readonly builtIn: readonly ChatModel[],
    @Inject(MODEL_DEADLINES) private readonly deadlines: Deadlines,
  ) {
    this.discovery = new ModelDiscovery(env, names, builtIn, (model, garbage) => {
      this.logger.warn({ model, ...garbage }, 'A provider sent what is not of the protocol.');
    });
    this.sources = this.discovery.configured();
  }

  onApplicationBootstrap(): void {
    for (const problem of this.names.problems) this.logger.error(problem);
    this.lookAgain();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.discovery.close();
  }

  /** Every model that is known, in order of preference. */
  async list(): Promise<ModelInfo[]> {
    const sources = await this.known();
    const preferred = this.preferred(sources);
    return sources.map((source) => {
      const problem = this.problems.get(source.id) ?? problemOf(this.health.problem(source.id));
      return {
        id: source.id,
        provider: source.provider,
        contextWindow: source.contextWindow,
        available: problem === undefined,
        ...(problem === undefined ? {} : { reason: `MODEL.${problem.kind}` as const }),
        ...(problem?.where === undefined ? {} : { reasonWhere: problem.where }),
        isDefault: source === preferred,
      };
    });
  }

  /**
   * The model of that id, available or not: asking it says why. Without an id the first available
   * in order of preference; if none is, the first.
   * @throws {DomainError} MODEL.UNKNOWN, MODEL.MISCONFIGURED
   */
  async resolve(id?: string): Promise<ChatModel> {
    const sources = await this.known();
    const source = id === undefined ? this.preferred(sources) : sources.find((s) => s.id === id);
    if (!source) throw new DomainError('MODEL.UNKNOWN', { model: id ?? '' });
    if (source.provider === 'unknown') throw new DomainError('MODEL.MISCONFIGURED');
    return this.open(source);
  }

  /** What a model's price depends on, without loading its provider; undefined: it is not known. */
  async priced(id: string): Promise<PricedModel | undefined> {
    // Named ones are known at once; what is found must have been looked for.
    const source = (this.sources ?? (await this.known())).find((one) => one.id === id);
    if (!source || source.provider === 'unknown') return undefined;
    return { id, provider: source.provider, endpoint: source.endpoint };
  }

  /**
   * Models that may take over from one that failed, in order of preference. Only those that an
   * operator has named: what was merely found was never said to be allowed to read what another is
   * asked. `quotes` is none of them, for it answers about Prosa only.
   */
  fallbacks(id: string): readonly string[] {
    const { named } = this.names;
    const isNamed = named.some((one) => one.id === id);
    if (!isNamed || id === 'quotes' || this.names.of(id).fallback === false) return [];
    return named.flatMap(({ id: other, model }) =>
      other !== id && model && model.provider !== 'quotes' && !this.problems.has(other)
        ? [other]
        : [],
    );
  }

  /** Looks again at once, for what is there has changed, and waits for what is found. */
  async refresh(): Promise<void> {
    // A look that is under way may have missed it.
    await this.looking;
    this.lookAgain();
    await this.looking;
  }

  private preferred(sources: readonly ModelSource[]): ModelSource | undefined {
    return sources.find(({ id }) => !this.problems.has(id)) ?? sources[0];
  }

  private async known(): Promise<readonly ModelSource[]> {
    if (performance.now() - this.lookedAt > FRESH_MS) this.lookAgain();
    if (this.lookedAt === -Infinity) await this.firstLook();
    return this.sources ?? this.builtIn.map(builtInSource);
  }

  private async firstLook(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FIRST_LOOK_MS);
    });
    await Promise.race([this.looking, late]);
    clearTimeout(timer);
  }

  private lookAgain(): void {
    this.looking ??= this.look()
      .catch((error: unknown) => {
        this.logger.error(error);
      })
      .finally(() => {
        this.lookedAt = performance.now();
        this.looking = undefined;
      });
  }

  private async look(): Promise<void> {
    const found = this.discovery.configured() ?? (await this.discovery.find());
    this.sources ??= found;
    const problems = await Promise.all(found.map((source) => source.check()));
    this.sources = found;
    this.problems.clear();
    found.forEach(({ id }, at) => {
      const problem = problemOf(problems[at]);
      if (problem) this.problems.set(id, problem);
    });
    // Loading a provider takes some 400 ms, which the first person to ask should not wait for.
    const preferred = this.preferred(found);
    if (preferred) await this.open(preferred);
  }

  private open(source: ModelSource): Promise<ChatModel> {
    const known = this.opened.get(source.id);
    if (known) return known;
    const opening = source
      .open()
      .then((model) =>
        source.provider === 'quotes'
          ? model
          : new PunctualModel(model, source.deadlines ?? this.deadlines),
      );
    this.opened.set(source.id, opening);
    opening.catch(() => this.opened.delete(source.id));
    return opening;
  }
}

type Problem = Partial<ModelProblem> & Pick<ModelProblem, 'kind'>;

/** A problem with or without words as one with room for them. */
const problemOf = (problem: ModelFailureKind | ModelProblem | undefined): Problem | undefined =>
  typeof problem === 'string' ? { kind: problem } : problem;
