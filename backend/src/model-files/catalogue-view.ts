import { Inject, Injectable } from '@nestjs/common';
import { idsOf } from '../llm/local/model-names.rules.js';
import { hasLocalPackages, INSTALL_COMMAND } from '../llm/local/packages.js';
import { type ModelInfo, ModelRegistry } from '../llm/registry.js';
import { type CatalogueState, readCatalogue } from './catalogue-state.js';
import { DOWNLOAD_TOOLS } from './downloads.js';
import { HubFacts } from './hub-facts.js';
import type { DownloadTools } from './model-download.js';
import { removeModel, type ShelvedModel } from './shelf.js';

export interface CatalogueView extends CatalogueState {
  readonly isInstalled: boolean;
  readonly installCommand: string;
  /** How people can ask a model that is here; undefined where an operator's list leaves it out. */
  readonly offered: (model: ShelvedModel) => ModelInfo | undefined;
}

/** What can be had, what is here, and what of it people can ask. */
@Injectable()
export class CatalogueViews {
  private readonly facts: HubFacts;

  constructor(
    @Inject(DOWNLOAD_TOOLS) private readonly tools: DownloadTools,
    private readonly models: ModelRegistry,
  ) {
    this.facts = new HubFacts(tools.hub);
  }

  /** Waits for the hub a little; what it says later is in the next view. */
  async view(): Promise<CatalogueView> {
    const [state, listed] = await Promise.all([
      readCatalogue(this.tools, this.facts),
      this.models.list(),
    ]);
    return {
      ...state,
      ...{ isInstalled: hasLocalPackages(), installCommand: INSTALL_COMMAND },
      offered: (model) => listed.find(({ id }) => idsOf(model).includes(id)),
    };
  }

  /** Removes a model and what has arrived of it. @throws {DomainError} as {@link removeModel}. */
  async remove(name: string): Promise<void> {
    await removeModel(this.tools.folder, name);
    await this.models.refresh();
  }
}
