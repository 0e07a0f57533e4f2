import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { ChatModel } from './chat-model.js';
import { ConfiguredModels } from './configured-models.js';
import { agreedCost, type BilledTokens, type Cost, costOf } from './cost.rules.js';
import { parseModelId } from './model-ids.rules.js';
import { bedrockName } from './providers/bedrock-name.rules.js';

type PriceList = typeof import('@pydantic/genai-prices');

/** Which model, and where it is asked. */
export type PricedModel = Pick<ChatModel, 'id' | 'provider' | 'endpoint'>;

/** The list that comes with the package, of the day it was published; it asks no network. */
export const PRICE_LIST = { source: '@pydantic/genai-prices 0.1.8', asOf: '2026-09-23' };

/** The list's name for Amazon Bedrock. */
const BEDROCK = 'aws';

/** Where the price of what runs inside Prosa is from. */
const OWN_SOURCE = 'this machine';

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Whether it runs inside Prosa: nobody is paid for it. */
const isOwn = ({ provider }: Pick<PricedModel, 'provider'>): boolean =>
  provider === 'quotes' || provider === 'llama' || provider === 'flan-t5';

/** What model calls cost, by the public prices of known providers. */
@Injectable()
export class Prices implements OnApplicationBootstrap {
  private readonly logger = new Logger(Prices.name);
  private loading: Promise<PriceList> | undefined;

  constructor(private readonly models: ConfiguredModels) {}

  /** Loads the list (46 ms, 800 kB) before the first answer, where one will need it. */
  onApplicationBootstrap(): void {
    const { named } = this.models;
    if (named.some(({ model }) => model && !isOwn(model))) void this.list();
  }

  /**
   * Who is paid for a model, by the list's name (`openai`, `aws`, `groq`): known by the server's
   * address, for a server of one's own may serve a model of any name.
   */
  async payee({ provider, endpoint }: PricedModel): Promise<string | null> {
    if (provider === 'bedrock') return BEDROCK;
    if (endpoint === undefined) return null;
    const { findProvider } = await this.list();
    return findProvider({ providerApiUrl: endpoint })?.id ?? null;
  }

  /**
   * Never throws: an answer does not fail for its price.
   * @param at when the call was made; some prices depend on it.
   * @returns null where no price is known; nothing is paid for `quotes` and models of this machine.
   */
  async costOf(model: PricedModel, tokens: BilledTokens, at: Date): Promise<Cost | null> {
    if (isOwn(model)) return costOf(0, 0, { source: OWN_SOURCE, asOf: dayOf(at) });
    const { prices } = this.models.of(model.id);
    if (prices) return agreedCost(tokens, prices);
    try {
      const payee = await this.payee(model);
      return payee === null ? null : await this.listed(payee, model, tokens, at);
    } catch (error) {
      this.logger.warn({ err: error, model: model.id }, 'the price list cannot be read');
      return null;
    }
  }

  private async listed(
    payee: string,
    model: PricedModel,
    tokens: BilledTokens,
    at: Date,
  ): Promise<Cost | null> {
    const name = this.listName(model);
    if (name === null) return null;
    const { calcPrice } = await this.list();
    const price = calcPrice(
      {
        input_tokens: tokens.prompt,
        cache_read_tokens: tokens.cached,
        output_tokens: tokens.completion,
      },
      name,
      { providerId: payee, timestamp: at },
    );
    return price && costOf(price.input_price, price.output_price, PRICE_LIST);
  }

  /** The list knows Bedrock's models and profiles by id. Null: no price by the token is known. */
  private listName({ id, provider }: PricedModel): string | null {
    const { name } = parseModelId(id);
    if (provider !== 'bedrock') return name;
    const { model = null, hourly } = bedrockName(name);
    return hourly ? null : (this.models.of(id).base ?? model);
  }

  private list(): Promise<PriceList> {
    return (this.loading ??= import('@pydantic/genai-prices'));
  }
}
