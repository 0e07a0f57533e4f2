import { Inject, Injectable } from '@nestjs/common';
import { hasLocalPackages, INSTALL_COMMAND } from '../llm/local/packages.js';
import { idsOf } from '../llm/local/model-names.rules.js';
import { type ModelInfo, ModelRegistry } from '../llm/registry.js';
import { CATALOGUE, type CatalogueModel } from './catalogue.js';
import { freeBytes } from './disk.js';
import { DOWNLOAD_TOOLS } from './downloads.js';
import { HubFacts } from './hub-facts.js';
import type { DownloadTools } from './model-download.js';
import { wantedModel } from './model-name.rules.js';
import { partialBytes, removeModel, type ShelvedModel, shelvedModels } from './shelf.js';
import type { DomainError } from '../platform/domain-error.js';

/** A model whose files are here, and whether it can be asked. */
export interface PresentModel extends ShelvedModel {
  /** As the registry knows it; undefined where an operator's list leaves it out. */
  readonly offered: ModelInfo | undefined;
}

/** A model of the catalogue, and what is here of it. */
export interface CatalogueEntry {
  readonly model: CatalogueModel;
  /** Bytes, and whether the hub has said so. */
  readonly bytes: number;
  readonly isExact: boolean;
  readonly licence: string;
  readonly page: string;
  /** Bytes that have arrived of a download that has not ended. */
  readonly arrivedBytes: number;
  readonly present: PresentModel | undefined;
}

export interface CatalogueView {
  readonly hub: string;
  /** Why the hub cannot be asked, if so. */
  readonly hubProblem: DomainError | undefined;
  /** Infinity where the system does not say. */
  readonly freeBytes: number;
  readonly isInstalled: boolean;
  readonly installCommand: string;
  readonly entries: readonly CatalogueEntry[];
  /** Models that are here and not of the catalogue. */
  readonly others: readonly PresentModel[];
}

/** What can be had and what is here, for the page and the command. */
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
    const { folder, hub } = this.tools;
    const [facts, shelved, listed, free] = await Promise.all([
      this.facts.look(CATALOGUE),
      shelvedModels(folder),
      this.models.list(),
      freeBytes(folder),
    ]);
    const present = shelved.map((model): PresentModel => ({
      ...model,
      offered: listed.find(({ id }) => idsOf(model).includes(id)),
    }));
    const entries = await Promise.all(
      CATALOGUE.map(async (model): Promise<CatalogueEntry> => {
        const { repository, file } = wantedModel(model.name);
        const known = facts.of(model.name);
        const name = file === undefined ? repository : `${repository}/${file}`;
        return {
          model,
          bytes: known?.bytes ?? model.roughBytes,
          isExact: known !== undefined,
          licence: known?.licence ?? model.licence,
          page: hub.pageOf(repository),
          arrivedBytes: await partialBytes(folder, repository),
          present: present.find((one) => one.name === name),
        };
      }),
    );
    const known = new Set(entries.map((entry) => entry.present));
    return {
      ...{ hub: hub.host, hubProblem: facts.problem, freeBytes: free, entries },
      ...{ isInstalled: hasLocalPackages(), installCommand: INSTALL_COMMAND },
      others: present.filter((model) => !known.has(model)),
    };
  }

  /** Removes a model and what has arrived of it. @throws {DomainError} as {@link removeModel}. */
  async remove(name: string): Promise<void> {
    await removeModel(this.tools.folder, name);
    await this.models.refresh();
  }
}
