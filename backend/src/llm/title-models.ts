import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { DomainError } from '../platform/domain-error.js';
import type { ChatModel } from './chat-model.js';
import { ConfiguredModels } from './configured-models.js';
import { ModelIdError, parseModelId } from './model-ids.rules.js';
import { type PricedModel, Prices } from './prices.js';
import { OPENAI_URL, withVersion } from './providers/openai-server.js';
import { ModelRegistry } from './registry.js';
import {
  isOnThisMachine,
  NO_TITLES,
  type TitleCandidate,
  usualTitleModel,
} from './title-model.rules.js';

/** What a title usually takes, measured on prompts of a paragraph; only its price is compared. */
const USUAL_TITLE = { prompt: 250, cached: 0, completion: 10 };

/** Decides which model writes something beside the answers, by a setting of that name. */
abstract class WriterModels implements OnApplicationBootstrap {
  private readonly logger = new Logger(WriterModels.name);
  private readonly setting: string | undefined;
  private mistake: string | undefined;

  constructor(
    private readonly named: 'TITLE_MODEL' | 'SUMMARY_MODEL' | 'ROUTE_MODEL',
    private readonly env: Env,
    private readonly names: ConfiguredModels,
    private readonly models: ModelRegistry,
    private readonly prices: Prices,
  ) {
    this.setting = env[named];
    this.mistake = mistakeIn(this.setting);
  }

  onApplicationBootstrap(): void {
    if (this.mistake !== undefined) this.logger.error(`${this.named}: ${this.mistake}`);
  }

  /**
   * The model that writes about what another was asked, for both read the same words. No
   * network.
   * @returns undefined: none does.
   * @throws {DomainError} MODEL.UNKNOWN for a model that is not known any more.
   */
  async writerFor(askedId: string): Promise<ChatModel | undefined> {
    if (this.setting === NO_TITLES || this.mistake !== undefined) return undefined;
    const asked = await this.models.resolve(askedId);
    if (asked.provider === 'quotes') return undefined;
    // What goes to no other where the model fails goes to no other for a title either.
    const isPrivate = this.names.of(askedId).fallback === false;
    const id =
      this.setting === undefined || (isPrivate && this.setting !== askedId)
        ? await this.usual(asked)
        : this.setting;
    if (id === undefined) return undefined;
    return id === askedId ? asked : this.resolve(id);
  }

  private async usual(asked: ChatModel): Promise<string | undefined> {
    if (isOnThisMachine(asked)) return undefined;
    const others = this.models.fallbacks(asked.id).map((id) => this.pricedModel(id));
    if (others.length === 0) return asked.id;
    const [first, ...rest] = await Promise.all(
      [asked, ...others].map((model) => this.candidate(model)),
    );
    return first && usualTitleModel(first, rest);
  }

  private async candidate({ id, provider, endpoint }: PricedModel): Promise<TitleCandidate> {
    const cost = await this.prices.costOf({ id, provider, endpoint }, USUAL_TITLE, new Date());
    return { id, provider, endpoint, costNanoUsd: cost?.totalNanoUsd ?? null };
  }

  /** A named model by what its price depends on, without loading its provider. */
  private pricedModel(id: string): PricedModel {
    const { provider } = parseModelId(id);
    const address = withVersion(this.env.OPENAI_BASE_URL ?? OPENAI_URL);
    return { id, provider, endpoint: provider === 'openai' ? address : undefined };
  }

  /** A setting that names no known model is told once, and costs what it would write only. */
  private async resolve(id: string): Promise<ChatModel | undefined> {
    try {
      return await this.models.resolve(id);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.mistake = `${id} is none of the models that are known here; add it to LLM_MODELS`;
      this.logger.error(`${this.named}: ${this.mistake}`);
      return undefined;
    }
  }
}

/** What is wrong with the setting, as far as it can be told without looking for models. */
function mistakeIn(setting: string | undefined): string | undefined {
  if (setting === undefined || setting === NO_TITLES) return undefined;
  try {
    return parseModelId(setting).provider === 'quotes'
      ? 'quotes writes no titles and no summaries and judges no routes; name another model, or off'
      : undefined;
  } catch (error) {
    if (error instanceof ModelIdError) return `${error.message}, or off`;
    throw error;
  }
}

/** Decides which model writes the titles of conversations (`TITLE_MODEL`). */
@Injectable()
export class TitleModels extends WriterModels {
  /** How long the end of an answer waits for a title, in milliseconds. */
  readonly waitMs: number;

  constructor(
    @Inject(ENV) env: Env,
    names: ConfiguredModels,
    models: ModelRegistry,
    prices: Prices,
  ) {
    super('TITLE_MODEL', env, names, models, prices);
    this.waitMs = env.TITLE_WAIT_MS;
  }
}

/** Decides which model sums up what windows have no room for (`SUMMARY_MODEL`). */
@Injectable()
export class SummaryModels extends WriterModels {
  constructor(
    @Inject(ENV) env: Env,
    names: ConfiguredModels,
    models: ModelRegistry,
    prices: Prices,
  ) {
    super('SUMMARY_MODEL', env, names, models, prices);
  }
}

/** Decides which model says where an answer is to be looked for (`ROUTE_MODEL`). */
@Injectable()
export class RouteModels extends WriterModels {
  constructor(
    @Inject(ENV) env: Env,
    names: ConfiguredModels,
    models: ModelRegistry,
    prices: Prices,
  ) {
    super('ROUTE_MODEL', env, names, models, prices);
  }
}
