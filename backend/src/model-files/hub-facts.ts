import { DomainError } from '../platform/domain-error.js';
import type { CatalogueModel } from './catalogue.js';
import { chooseFiles } from './choose-files.rules.js';
import type { HubClient } from './hub-client.js';
import { wantedModel } from './model-name.rules.js';

/** What the hub says of a model of the catalogue. */
export interface HubFact {
  readonly bytes: number;
  readonly licence: string | null;
}

export interface Facts {
  of(name: string): HubFact | undefined;
  readonly problem: DomainError | undefined;
}

/** How long what the hub said is taken to be so, and how soon it is asked again where it failed. */
const FRESH_MS = 10 * 60_000;
const RETRY_MS = 15_000;
/** How long a reader waits for it; milliseconds. */
const WAIT_MS = 2000;
const GIVE_UP_MS = 20_000;

/** Remembers what the hub says of the models of the catalogue. */
export class HubFacts {
  private readonly known = new Map<string, HubFact>();
  private readonly hub: HubClient;
  private problem: DomainError | undefined;
  private looking: Promise<void> | undefined;
  private staleAt = -Infinity;

  constructor(hub: HubClient) {
    this.hub = hub;
  }

  /** What is known, after asking the hub where that is long ago. Never rejects. */
  async look(models: readonly CatalogueModel[], waitMs = WAIT_MS): Promise<Facts> {
    if (performance.now() > this.staleAt) {
      this.looking ??= this.ask(models).finally(() => {
        this.looking = undefined;
      });
    }
    await this.atMost(waitMs);
    const { problem } = this;
    return { of: (name) => this.known.get(name), problem };
  }

  private async atMost(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.looking, late]);
    clearTimeout(timer);
  }

  private async ask(models: readonly CatalogueModel[]): Promise<void> {
    const signal = AbortSignal.timeout(GIVE_UP_MS);
    const problems = await Promise.all(models.map((model) => this.askOne(model, signal)));
    // One model that is gone is no fault of the hub; one that answers shows that it is there.
    const found = problems.filter((problem) => problem !== undefined);
    this.problem = found.length === models.length ? found[0] : undefined;
    this.staleAt = performance.now() + (this.problem ? RETRY_MS : FRESH_MS);
  }

  private async askOne(
    { name }: CatalogueModel,
    signal: AbortSignal,
  ): Promise<DomainError | undefined> {
    try {
      const { repository, file } = wantedModel(name);
      const { files, licence } = await this.hub.repository(repository, signal);
      const chosen = chooseFiles(repository, files, file);
      const bytes = chosen.files.reduce((sum, one) => sum + one.bytes, 0);
      this.known.set(name, { bytes, licence });
      return undefined;
    } catch (error) {
      return error instanceof DomainError
        ? error
        : new DomainError('DOWNLOAD.OFFLINE', { hub: this.hub.host }, { cause: error });
    }
  }
}
